import OrchCore
import Testing

@Suite struct RedactionTests {
    /// Built here, so that no scanner takes this file for a leak.
    private static func token(_ begin: String, _ length: Int = 36) -> String {
        begin + String("A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v2W3x4Y5z6".prefix(length))
    }

    @Test(arguments: [
        ("gh" + "p_", "github-token"), ("gh" + "s_", "github-token"), ("github" + "_pat_", "github-token"),
        ("s" + "k-", "api-key"),
        ("s" + "k-proj-", "api-key"), ("xox" + "b-", "slack-token"), ("glp" + "at-", "gitlab-token"),
        ("np" + "m_", "npm-token"),
    ])
    func `a token is known by its shape`(begin: String, name: String) {
        let text = "a \"\(Self.token(begin))\", b"
        #expect(Redaction().redact(text) == "a \"[redacted:\(name)]\", b")
    }

    @Test func `keys, headers, addresses and private keys are known too`() {
        let redaction = Redaction()
        #expect(redaction.redact("id=AK" + "IAIOSFODNN7EXAMPLE;") == "id=[redacted:aws-key];")
        #expect(
            redaction.redact("Authorization: Bearer abc.DEF-123_456789xyz")
                == "Authorization: Bearer [redacted:authorization]"
        )
        #expect(redaction.redact("https://me:s3cret@example.org/x") == "https://[redacted:url-login]@example.org/x")
        #expect(redaction.redact("https://example.org/a:b@c") == "https://example.org/a:b@c")
        let jwt = "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
        #expect(redaction.redact("t=\(jwt)") == "t=[redacted:web-token]")
        let key =
            "-----BEGIN OPENSSH PRIVATE" + " KEY-----\nb3BlbnNzaC1rZXktdjEA\nAAAA\n-----END OPENSSH PRIVATE KEY-----"
        #expect(redaction.redact("x\n\(key)\ny") == "x\n[redacted:private-key]\ny")
    }

    @Test(arguments: [
        "task-force-of-twenty-and-more-people-1", "a risk-based-approach-2026-with-many-words", "ghp_short", "AKIA",
        "AKIAIOSFODNN7EXAMPLE1", "bearer of news",
        "sk-learn-and-many-other-words-here", "Basic understanding required here", "-----BEGIN CERTIFICATE-----",
        "eyJ.a.b", "://", "git@github.com:a/b",
    ])
    func `what only looks like a secret stays`(text: String) {
        #expect(Redaction().redact(text) == text)
    }

    @Test func `the values of sensitive variables are taken out wherever they stand`() {
        let redaction = Redaction(environment: [
            "GH_TOKEN": "hunter2-hunter2", "DB_PASSWORD": "correct horse", "PATH": "/usr/bin:/bin",
            "SHORT_SECRET": "abc", "LONG_TOKEN": "hunter2-hunter2-long",
        ])
        #expect(
            redaction.redact("x=hunter2-hunter2,y=hunter2-hunter2-long z=correct horse /usr/bin:/bin abc")
                == "x=[redacted:GH_TOKEN],y=[redacted:LONG_TOKEN] z=[redacted:DB_PASSWORD] /usr/bin:/bin abc"
        )
        #expect(redaction.redact("hunter2-hunter2") == "[redacted:GH_TOKEN]")
        #expect(redaction.redact("hunter2-hunterhunter2-hunter2hunter2") == "hunter2-hunter[redacted:GH_TOKEN]hunter2")
    }

    @Test(arguments: [
        "GH_TOKEN", "OPENAI_API_KEY", "aws_secret_access_key", "PGPASSWORD", "NPM_AUTH", "SIGNING_KEY", "MY_PAT",
    ])
    func `a variable is sensitive by its name`(name: String) {
        #expect(Redaction.isSensitive(name))
    }

    @Test(arguments: ["PATH", "HOME", "KEYBOARD", "LANG", "PATIENCE", "GOPRIVATE", "PASSWORD_STORE_DIR", "TOKEN_FILE"])
    func `other variables are not`(name: String) {
        #expect(!Redaction.isSensitive(name))
    }

    @Test func `a word is none, whatever the variable is called`() {
        let redaction = Redaction(environment: ["PGPASSWORD": "postgres", "DB_PASSWORD": "postgres1"])
        #expect(redaction.redact("the postgres server, postgres1") == "the postgres server, [redacted:DB_PASSWORD]")
    }

    @Test func `texts in a JSON value are gone through, each for itself`() {
        let redaction = Redaction(environment: ["THE_SECRET": "hunter2-hunter2"])
        let value: JSONValue = [
            "a": ["x hunter2-hunter2", 1, nil, true], "hunter2-hunter2": ["b": "hunter2-"], "c": 1.5,
        ]
        let redacted: JSONValue = [
            "a": ["x [redacted:THE_SECRET]", 1, nil, true], "hunter2-hunter2": ["b": "hunter2-"], "c": 1.5,
        ]
        #expect(redaction.redact(value) == redacted)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `a known value is never left, and a second time changes nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let secret = "S3" + String(random.next(), radix: 36) + "x9"
        let redaction = Redaction(environment: ["THE_SECRET": secret])
        var text = ""
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            text += random.pick([
                secret, random.text(upTo: 20), String(secret.dropLast()), Self.token("gh" + "o_"), "://a:b@",
            ])
        }
        let redacted = redaction.redact(text)
        #expect(!redacted.contains(secret))
        #expect(redaction.redact(redacted) == redacted)
    }
}
