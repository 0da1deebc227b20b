import OrchCore

/// The body of a model request as Codex sends it, with one user message.
func requestBody(_ text: String) -> JSONValue {
    [
        "model": "gpt-5.5", "stream": true,
        "input": [
            ["type": "message", "role": "developer", "content": [["type": "input_text", "text": "BASE"]]],
            [
                "type": "message", "role": "user",
                "content": [["type": "input_text", "text": "<environment_context>\n</environment_context>"]],
            ],
            ["type": "message", "role": "user", "content": [["type": "input_text", "text": .string(text)]]],
        ],
        "tools": [["type": "function", "name": "exec_command"], ["type": "custom", "name": "apply_patch"]],
    ]
}
