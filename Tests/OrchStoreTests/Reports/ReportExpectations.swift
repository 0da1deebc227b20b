import OrchStore

/// What the reports of `ReportFixture` are, whole.
enum ReportExpectations {
    static let jsonl: [ReportKind: String] = [
        .decisions: #"""
        {"id":1,"verb":"spawn","status":"executed","reason":null,"agent":"iss_1","agent_id":2,"issue":1,"result":"iss_1","payload":{"issue":1,"name":"iss_1"},"source":"tool","turn":null,"key":"d/1/0","at":"2025-08-21T10:02:49.791Z","at_ms":1755770569791,"settled_at":"2025-08-21T10:02:49.841Z","settled_at_ms":1755770569841}
        {"id":2,"verb":"fly","status":"refused","reason":"unknown verb `fly`","agent":null,"agent_id":null,"issue":null,"result":null,"payload":"{bad","source":"block","turn":null,"key":"d/1/1","at":"2025-08-21T10:02:49.792Z","at_ms":1755770569792,"settled_at":"2025-08-21T10:02:49.792Z","settled_at_ms":1755770569792}
        {"id":3,"verb":"close","status":"suppressed","reason":"autopilot is off","agent":"iss_4","agent_id":4,"issue":4,"result":null,"payload":{"agent":"iss_4"},"source":"block","turn":null,"key":"d/2/0","at":"2025-08-21T10:02:54.991Z","at_ms":1755770574991,"settled_at":"2025-08-21T10:02:54.991Z","settled_at_ms":1755770574991}

        """#,
        .stalls: #"""
        {"agent":"iss_3","agent_id":3,"issue":3,"title":"Silent","state":"stalled","since_at":"2025-08-21T10:02:53.891Z","since_at_ms":1755770573891,"why":"no report after 2 nudges","tried":"2 turns (1 continued), 2 nudges","nudges":2,"wrap_up":false,"turns":2,"continuations":1,"failures":1,"attempts":0,"silent_ms":1800000,"worked_ms":1800000,"budget_ms":2700000,"tokens":900,"last_report":null,"last_error":"server overloaded","last_event":"started","last_event_at":"2025-08-21T10:02:50.391Z","last_event_at_ms":1755770570391}
        {"agent":"iss_4","agent_id":4,"issue":4,"title":"Too long","state":"stalled","since_at":"2025-08-21T10:02:54.891Z","since_at_ms":1755770574891,"why":"its budget is used up","tried":"1 turn, a wrap-up, 2 failed attempts","nudges":0,"wrap_up":true,"turns":1,"continuations":0,"failures":0,"attempts":2,"silent_ms":0,"worked_ms":2700000,"budget_ms":2700000,"tokens":70000,"last_report":null,"last_error":null,"last_event":"item","last_event_at":"2025-08-21T10:02:54.791Z","last_event_at_ms":1755770574791}
        {"agent":"misplaced","agent_id":8,"issue":null,"title":null,"state":"parked","since_at":"2025-08-21T10:02:56.691Z","since_at_ms":1755770576691,"why":"its worktree is on branch x","tried":"0 turns","nudges":0,"wrap_up":false,"turns":0,"continuations":0,"failures":0,"attempts":0,"silent_ms":null,"worked_ms":null,"budget_ms":null,"tokens":null,"last_report":null,"last_error":null,"last_event":"created","last_event_at":"2025-08-21T10:02:49.897Z","last_event_at_ms":1755770569897}

        """#,
        .agents: #"""
        {"id":1,"name":"orchestrator","role":"orchestrator","issue":null,"state":"idle","phase":"ready","reason":null,"outcome":null,"thread":"th-1","worked_ms":0,"budget_ms":100000,"tokens":50,"tokens_max":null,"turns":0,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:48.391Z","phase_since_at_ms":1755770568391,"created_at":"2025-08-21T10:02:48.391Z","created_at_ms":1755770568391,"last_event":"turn completed","last_event_at":"2025-08-21T10:02:56.891Z","last_event_at_ms":1755770576891,"closed_at":null,"closed_at_ms":null}
        {"id":2,"name":"iss_1","role":"sub","issue":1,"state":"working","phase":"ready","reason":null,"outcome":null,"thread":"th-2","worked_ms":125000,"budget_ms":2700000,"tokens":4200,"tokens_max":100000,"turns":2,"last_report":"Parsed it","failures":0,"branch":"ai/iss-1-parse","worktree":"/r/.worktrees/iss-1","phase_since_at":"2025-08-21T10:02:49.891Z","phase_since_at_ms":1755770569891,"created_at":"2025-08-21T10:02:49.891Z","created_at_ms":1755770569891,"last_event":"item","last_event_at":"2025-08-21T10:02:55.891Z","last_event_at_ms":1755770575891,"closed_at":null,"closed_at_ms":null}
        {"id":3,"name":"iss_3","role":"sub","issue":3,"state":"stalled","phase":"stalled","reason":"no report after 2 nudges","outcome":null,"thread":null,"worked_ms":1800000,"budget_ms":2700000,"tokens":900,"tokens_max":null,"turns":2,"last_report":null,"failures":1,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:53.891Z","phase_since_at_ms":1755770573891,"created_at":"2025-08-21T10:02:49.892Z","created_at_ms":1755770569892,"last_event":"started","last_event_at":"2025-08-21T10:02:50.391Z","last_event_at_ms":1755770570391,"closed_at":null,"closed_at_ms":null}
        {"id":4,"name":"iss_4","role":"sub","issue":4,"state":"closed","phase":"closed","reason":"its budget is used up","outcome":"budget","thread":null,"worked_ms":2700000,"budget_ms":2700000,"tokens":70000,"tokens_max":70000,"turns":1,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:54.891Z","phase_since_at_ms":1755770574891,"created_at":"2025-08-21T10:02:49.893Z","created_at_ms":1755770569893,"last_event":"item","last_event_at":"2025-08-21T10:02:54.791Z","last_event_at_ms":1755770574791,"closed_at":"2025-08-21T10:02:54.891Z","closed_at_ms":1755770574891}
        {"id":5,"name":"asks","role":"sub","issue":null,"state":"waiting_approval","phase":"ready","reason":null,"outcome":null,"thread":null,"worked_ms":1000,"budget_ms":2700000,"tokens":10,"tokens_max":null,"turns":0,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:49.894Z","phase_since_at_ms":1755770569894,"created_at":"2025-08-21T10:02:49.894Z","created_at_ms":1755770569894,"last_event":"item","last_event_at":"2025-08-21T10:02:56.391Z","last_event_at_ms":1755770576391,"closed_at":null,"closed_at_ms":null}
        {"id":6,"name":"idle_one","role":"sub","issue":null,"state":"idle","phase":"ready","reason":null,"outcome":null,"thread":null,"worked_ms":null,"budget_ms":null,"tokens":null,"tokens_max":null,"turns":0,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:49.895Z","phase_since_at_ms":1755770569895,"created_at":"2025-08-21T10:02:49.895Z","created_at_ms":1755770569895,"last_event":"created","last_event_at":"2025-08-21T10:02:49.895Z","last_event_at_ms":1755770569895,"closed_at":null,"closed_at_ms":null}
        {"id":7,"name":"has_mail","role":"sub","issue":null,"state":"queued","phase":"ready","reason":null,"outcome":null,"thread":null,"worked_ms":null,"budget_ms":null,"tokens":null,"tokens_max":null,"turns":1,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:49.896Z","phase_since_at_ms":1755770569896,"created_at":"2025-08-21T10:02:49.896Z","created_at_ms":1755770569896,"last_event":"created","last_event_at":"2025-08-21T10:02:49.896Z","last_event_at_ms":1755770569896,"closed_at":null,"closed_at_ms":null}
        {"id":8,"name":"misplaced","role":"sub","issue":null,"state":"parked","phase":"parked","reason":"its worktree is on branch x","outcome":null,"thread":null,"worked_ms":null,"budget_ms":null,"tokens":null,"tokens_max":null,"turns":0,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:56.691Z","phase_since_at_ms":1755770576691,"created_at":"2025-08-21T10:02:49.897Z","created_at_ms":1755770569897,"last_event":"created","last_event_at":"2025-08-21T10:02:49.897Z","last_event_at_ms":1755770569897,"closed_at":null,"closed_at_ms":null}
        {"id":9,"name":"ends","role":"sub","issue":null,"state":"wrapping_up","phase":"wrapping_up","reason":null,"outcome":null,"thread":null,"worked_ms":null,"budget_ms":null,"tokens":null,"tokens_max":null,"turns":0,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:56.791Z","phase_since_at_ms":1755770576791,"created_at":"2025-08-21T10:02:49.898Z","created_at_ms":1755770569898,"last_event":"created","last_event_at":"2025-08-21T10:02:49.898Z","last_event_at_ms":1755770569898,"closed_at":null,"closed_at_ms":null}
        {"id":10,"name":"begins","role":"sub","issue":null,"state":"starting","phase":"starting","reason":null,"outcome":null,"thread":null,"worked_ms":null,"budget_ms":null,"tokens":null,"tokens_max":null,"turns":0,"last_report":null,"failures":0,"branch":null,"worktree":null,"phase_since_at":"2025-08-21T10:02:49.899Z","phase_since_at_ms":1755770569899,"created_at":"2025-08-21T10:02:49.899Z","created_at_ms":1755770569899,"last_event":"created","last_event_at":"2025-08-21T10:02:49.899Z","last_event_at_ms":1755770569899,"closed_at":null,"closed_at_ms":null}

        """#,
        .issues: #"""
        {"number":1,"title":"Parse the config","labels":["agent:running","orchestrate"],"state":"open","phase":"running","reason":null,"agent":"iss_1","agent_id":2,"branch":"ai/iss-1-parse","worktree":"/r/.worktrees/iss-1","blocked_by":[],"priority":1,"author":"ann","base_commit":null,"head_commit":null,"attempts":0,"worked_ms":125000,"tokens":4200,"comments":1,"phase_since_at":"2025-08-21T10:02:49.891Z","phase_since_at_ms":1755770569891,"retry_at":null,"retry_at_ms":null,"created_at":"2025-08-21T10:02:47.891Z","created_at_ms":1755770567891,"updated_at":"2025-08-21T10:02:49.891Z","updated_at_ms":1755770569891,"closed_at":null,"closed_at_ms":null,"body":"Goal: …"}
        {"number":2,"title":"漢字 and 🎉","labels":["orchestrate","priority:P5"],"state":"open","phase":"queued","reason":null,"agent":null,"agent_id":null,"branch":null,"worktree":null,"blocked_by":[1,9],"priority":5,"author":"bob","base_commit":null,"head_commit":null,"attempts":0,"worked_ms":0,"tokens":0,"comments":0,"phase_since_at":"2025-08-21T10:02:47.991Z","phase_since_at_ms":1755770567991,"retry_at":null,"retry_at_ms":null,"created_at":"2025-08-21T10:02:47.991Z","created_at_ms":1755770567991,"updated_at":"2025-08-21T10:02:47.991Z","updated_at_ms":1755770567991,"closed_at":null,"closed_at_ms":null,"body":""}
        {"number":3,"title":"Silent","labels":[],"state":"open","phase":"stalled","reason":"no report after 2 nudges","agent":"iss_3","agent_id":3,"branch":null,"worktree":null,"blocked_by":[],"priority":5,"author":"ann","base_commit":null,"head_commit":null,"attempts":0,"worked_ms":1800000,"tokens":900,"comments":0,"phase_since_at":"2025-08-21T10:02:53.891Z","phase_since_at_ms":1755770573891,"retry_at":null,"retry_at_ms":null,"created_at":"2025-08-21T10:02:48.091Z","created_at_ms":1755770568091,"updated_at":"2025-08-21T10:02:53.891Z","updated_at_ms":1755770573891,"closed_at":null,"closed_at_ms":null,"body":""}
        {"number":4,"title":"Too long","labels":[],"state":"open","phase":"stalled","reason":"its budget is used up","agent":"iss_4","agent_id":4,"branch":null,"worktree":null,"blocked_by":[],"priority":5,"author":"ann","base_commit":null,"head_commit":null,"attempts":2,"worked_ms":2700000,"tokens":70000,"comments":0,"phase_since_at":"2025-08-21T10:02:54.891Z","phase_since_at_ms":1755770574891,"retry_at":null,"retry_at_ms":null,"created_at":"2025-08-21T10:02:48.191Z","created_at_ms":1755770568191,"updated_at":"2025-08-21T10:02:54.891Z","updated_at_ms":1755770574891,"closed_at":null,"closed_at_ms":null,"body":""}
        {"number":5,"title":"Old","labels":[],"state":"closed","phase":"done","reason":null,"agent":null,"agent_id":null,"branch":null,"worktree":null,"blocked_by":[],"priority":5,"author":"ann","base_commit":null,"head_commit":null,"attempts":0,"worked_ms":0,"tokens":0,"comments":0,"phase_since_at":"2025-08-21T10:02:48.791Z","phase_since_at_ms":1755770568791,"retry_at":null,"retry_at_ms":null,"created_at":"2025-08-21T10:02:48.291Z","created_at_ms":1755770568291,"updated_at":"2025-08-21T10:02:48.791Z","updated_at_ms":1755770568791,"closed_at":"2025-08-21T10:02:48.791Z","closed_at_ms":1755770568791,"body":""}

        """#,
        .turns: #"""
        {"seq":1,"id":"t-1","agent":"iss_1","agent_id":2,"issue":1,"kind":"task","status":"completed","client_id":"t-1","tokens":4000,"worked_ms":780,"thread":"th-2","codex_turn":"c-1","steers":null,"continues":null,"report":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","report_summary":"Parsed it","error_kind":null,"error":null,"not_before_at":null,"not_before_at_ms":null,"created_at":"2025-08-21T10:02:50.091Z","created_at_ms":1755770570091,"submitted_at":"2025-08-21T10:02:50.101Z","submitted_at_ms":1755770570101,"started_at":"2025-08-21T10:02:50.111Z","started_at_ms":1755770570111,"ended_at":"2025-08-21T10:02:50.891Z","ended_at_ms":1755770570891,"prompt":"do it"}
        {"seq":2,"id":"t-2","agent":"iss_1","agent_id":2,"issue":1,"kind":"send","status":"running","client_id":"t-2","tokens":200,"worked_ms":124220,"thread":"th-2","codex_turn":"c-2","steers":null,"continues":null,"report":null,"report_summary":null,"error_kind":null,"error":null,"not_before_at":null,"not_before_at_ms":null,"created_at":"2025-08-21T10:02:51.391Z","created_at_ms":1755770571391,"submitted_at":"2025-08-21T10:02:51.401Z","submitted_at_ms":1755770571401,"started_at":"2025-08-21T10:02:51.411Z","started_at_ms":1755770571411,"ended_at":null,"ended_at_ms":null,"prompt":"go on"}
        {"seq":3,"id":"t-3","agent":"iss_3","agent_id":3,"issue":3,"kind":"task","status":"interrupted","client_id":"t-3","tokens":null,"worked_ms":0,"thread":null,"codex_turn":null,"steers":null,"continues":null,"report":null,"report_summary":null,"error_kind":null,"error":null,"not_before_at":null,"not_before_at_ms":null,"created_at":"2025-08-21T10:02:50.191Z","created_at_ms":1755770570191,"submitted_at":"2025-08-21T10:02:50.201Z","submitted_at_ms":1755770570201,"started_at":"2025-08-21T10:02:50.211Z","started_at_ms":1755770570211,"ended_at":"2025-08-21T10:02:51.891Z","ended_at_ms":1755770571891,"prompt":"try"}
        {"seq":4,"id":"t-4","agent":"iss_3","agent_id":3,"issue":3,"kind":"continue","status":"failed","client_id":"t-4","tokens":900,"worked_ms":0,"thread":null,"codex_turn":null,"steers":null,"continues":"t-3","report":null,"report_summary":null,"error_kind":"temporary","error":"server overloaded","not_before_at":null,"not_before_at_ms":null,"created_at":"2025-08-21T10:02:51.991Z","created_at_ms":1755770571991,"submitted_at":"2025-08-21T10:02:52.001Z","submitted_at_ms":1755770572001,"started_at":"2025-08-21T10:02:52.011Z","started_at_ms":1755770572011,"ended_at":"2025-08-21T10:02:52.891Z","ended_at_ms":1755770572891,"prompt":"again"}
        {"seq":5,"id":"t-5","agent":"iss_4","agent_id":4,"issue":4,"kind":"task","status":"completed","client_id":"t-5","tokens":70000,"worked_ms":2700000,"thread":null,"codex_turn":null,"steers":null,"continues":null,"report":null,"report_summary":"Half of it","error_kind":null,"error":null,"not_before_at":null,"not_before_at_ms":null,"created_at":"2025-08-21T10:02:50.291Z","created_at_ms":1755770570291,"submitted_at":"2025-08-21T10:02:50.301Z","submitted_at_ms":1755770570301,"started_at":"2025-08-21T10:02:50.311Z","started_at_ms":1755770570311,"ended_at":"2025-08-21T10:02:54.791Z","ended_at_ms":1755770574791,"prompt":"long"}
        {"seq":6,"id":"t-6","agent":"has_mail","agent_id":7,"issue":null,"kind":"task","status":"queued","client_id":"t-6","tokens":null,"worked_ms":0,"thread":null,"codex_turn":null,"steers":null,"continues":null,"report":null,"report_summary":null,"error_kind":null,"error":null,"not_before_at":null,"not_before_at_ms":null,"created_at":"2025-08-22T10:02:47.891Z","created_at_ms":1755856967891,"submitted_at":null,"submitted_at_ms":null,"started_at":null,"started_at_ms":null,"ended_at":null,"ended_at_ms":null,"prompt":"wait"}

        """#,
        .approvals: #"""
        {"id":1,"status":"pending","agent":"asks","agent_id":5,"issue":null,"kind":"command","summary":"rm -rf build","decided_by":null,"reason":null,"answered":false,"turn":null,"item":null,"payload":{"command":["rm","-rf","build"]},"request_hash":"h1","at":"2025-08-21T10:02:56.391Z","at_ms":1755770576391,"deadline_at":"2025-08-21T10:12:56.391Z","deadline_at_ms":1755771176391,"decided_at":null,"decided_at_ms":null}
        {"id":2,"status":"denied","agent":"iss_1","agent_id":2,"issue":1,"kind":"command","summary":"curl x","decided_by":"ann","reason":"no network","answered":true,"turn":null,"item":null,"payload":{},"request_hash":"h2","at":"2025-08-21T10:02:55.991Z","at_ms":1755770575991,"deadline_at":"2025-08-21T10:12:55.991Z","deadline_at_ms":1755771175991,"decided_at":"2025-08-21T10:02:56.091Z","decided_at_ms":1755770576091}

        """#,
        .artifacts: #"""
        {"id":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","kind":"report","size":3,"stored_size":3,"agent":"iss_1","agent_id":2,"issue":1,"turn":"t-1","name":"iss_1","use_id":1,"at":"2025-08-21T10:02:50.891Z","at_ms":1755770570891}
        {"id":"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d","kind":"message","size":1,"stored_size":1,"agent":"iss_1","agent_id":2,"issue":1,"turn":"t-2","name":null,"use_id":null,"at":"2025-08-21T10:02:50.991Z","at_ms":1755770570991}

        """#,
        .events: #"""
        {"seq":1,"at":"2025-08-21T10:02:48.391Z","at_ms":1755770568391,"kind":"hub.started","agent":null,"agent_id":null,"issue":null,"turn":null,"data":{"epoch":3}}
        {"seq":2,"at":"2025-08-21T10:02:49.891Z","at_ms":1755770569891,"kind":"agent.created","agent":"iss_1","agent_id":2,"issue":1,"turn":null,"data":{"name":"iss_1"}}
        {"seq":3,"at":"2025-08-21T10:02:50.111Z","at_ms":1755770570111,"kind":"turn.running","agent":"iss_1","agent_id":2,"issue":1,"turn":"t-1","data":{}}
        {"seq":4,"at":"2025-08-21T10:02:53.391Z","at_ms":1755770573391,"kind":"agent.nudged","agent":"iss_3","agent_id":3,"issue":3,"turn":null,"data":{"number":2}}
        {"seq":5,"at":"2025-08-21T10:02:53.891Z","at_ms":1755770573891,"kind":"agent.stalled","agent":"iss_3","agent_id":3,"issue":3,"turn":null,"data":{"reason":"no report after 2 nudges"}}
        {"seq":6,"at":"2025-08-21T10:02:56.391Z","at_ms":1755770576391,"kind":"item.completed","agent":"asks","agent_id":5,"issue":null,"turn":null,"data":{"list":[1,2],"text":"ü"}}

        """#,
        .budgets: #"""
        {"agent":"orchestrator","agent_id":1,"issue":null,"phase":"ready","worked_ms":0,"budget_ms":100000,"left_ms":100000,"tokens":50,"tokens_max":null,"tokens_left":null,"checkin_ms":100000,"checkin_in_ms":100000,"nudges":0,"silent_ms":0,"wrap_up":false,"last_event_at_ms":1755770576891}
        {"agent":"iss_1","agent_id":2,"issue":1,"phase":"ready","worked_ms":125000,"budget_ms":2700000,"left_ms":2575000,"tokens":4200,"tokens_max":100000,"tokens_left":95800,"checkin_ms":600000,"checkin_in_ms":475000,"nudges":0,"silent_ms":500,"wrap_up":false,"last_event_at_ms":1755770575891}
        {"agent":"iss_3","agent_id":3,"issue":3,"phase":"stalled","worked_ms":1800000,"budget_ms":2700000,"left_ms":900000,"tokens":900,"tokens_max":null,"tokens_left":null,"checkin_ms":600000,"checkin_in_ms":600000,"nudges":2,"silent_ms":1800000,"wrap_up":false,"last_event_at_ms":1755770570391}
        {"agent":"iss_4","agent_id":4,"issue":4,"phase":"closed","worked_ms":2700000,"budget_ms":2700000,"left_ms":0,"tokens":70000,"tokens_max":70000,"tokens_left":0,"checkin_ms":600000,"checkin_in_ms":300000,"nudges":0,"silent_ms":0,"wrap_up":true,"last_event_at_ms":1755770574791}
        {"agent":"asks","agent_id":5,"issue":null,"phase":"ready","worked_ms":1000,"budget_ms":2700000,"left_ms":2699000,"tokens":10,"tokens_max":null,"tokens_left":null,"checkin_ms":600000,"checkin_in_ms":599000,"nudges":0,"silent_ms":0,"wrap_up":false,"last_event_at_ms":1755770576391}

        """#,
        .tokens: #"""
        {"day":"2025-08-21","agent":"iss_1","agent_id":2,"issue":1,"tokens":4200,"turns":2,"unmeasured":0,"worked_ms":125000,"first_at_ms":1755770570091,"last_at_ms":1755770571391}
        {"day":"2025-08-21","agent":"iss_3","agent_id":3,"issue":3,"tokens":900,"turns":2,"unmeasured":1,"worked_ms":0,"first_at_ms":1755770570191,"last_at_ms":1755770571991}
        {"day":"2025-08-21","agent":"iss_4","agent_id":4,"issue":4,"tokens":70000,"turns":1,"unmeasured":0,"worked_ms":2700000,"first_at_ms":1755770570291,"last_at_ms":1755770570291}
        {"day":"2025-08-22","agent":"has_mail","agent_id":7,"issue":null,"tokens":null,"turns":1,"unmeasured":1,"worked_ms":0,"first_at_ms":1755856967891,"last_at_ms":1755856967891}

        """#,
        .timeline: #"""
        {"seq":1,"at":"2025-08-21T10:02:48.391Z","at_ms":1755770568391,"kind":"hub.started","agent":null,"agent_id":null,"issue":null,"turn":null,"what":null}
        {"seq":2,"at":"2025-08-21T10:02:49.891Z","at_ms":1755770569891,"kind":"agent.created","agent":"iss_1","agent_id":2,"issue":1,"turn":null,"what":null}
        {"seq":3,"at":"2025-08-21T10:02:50.111Z","at_ms":1755770570111,"kind":"turn.running","agent":"iss_1","agent_id":2,"issue":1,"turn":"t-1","what":"task"}
        {"seq":4,"at":"2025-08-21T10:02:53.391Z","at_ms":1755770573391,"kind":"agent.nudged","agent":"iss_3","agent_id":3,"issue":3,"turn":null,"what":"nudge 2"}
        {"seq":5,"at":"2025-08-21T10:02:53.891Z","at_ms":1755770573891,"kind":"agent.stalled","agent":"iss_3","agent_id":3,"issue":3,"turn":null,"what":"no report after 2 nudges"}

        """#,
        .outbox: #"""
        {"id":1,"kind":"turn.submit","status":"done","agent":"iss_1","agent_id":2,"issue":1,"turn":"t-1","attempts":1,"error":null,"key":"turn.submit:t-1","lane":"agent:2","epoch":3,"payload":{"turn":"t-1"},"result":null,"created_at":"2025-08-21T10:02:50.091Z","created_at_ms":1755770570091,"due_at":"2025-08-21T10:02:50.091Z","due_at_ms":1755770570091,"settled_at":"2025-08-21T10:02:50.111Z","settled_at_ms":1755770570111}
        {"id":2,"kind":"labels.set","status":"pending","agent":null,"agent_id":null,"issue":3,"turn":null,"attempts":2,"error":"no answer","key":"label:3","lane":"issue:3","epoch":null,"payload":{},"result":null,"created_at":"2025-08-21T10:02:53.891Z","created_at_ms":1755770573891,"due_at":"2025-08-21T10:02:57.890Z","due_at_ms":1755770577890,"settled_at":null,"settled_at_ms":null}

        """#,
        .stderr: #"""
        {"id":1,"at":"2025-08-21T10:02:48.491Z","at_ms":1755770568491,"source":"app-server","line":"ERROR bubblewrap"}
        {"id":2,"at":"2025-08-21T10:02:48.492Z","at_ms":1755770568492,"source":"app-server","line":"ready"}

        """#,
    ]

    static let tables: [ReportKind: String] = [
        .decisions: #"""
        id  at                    verb   status      agent  issue  reason
         1  2025-08-21 10:02:49Z  spawn  executed    iss_1      1  -
         2  2025-08-21 10:02:49Z  fly    refused     -          -  unknown verb `fly`
         3  2025-08-21 10:02:54Z  close  suppressed  iss_4      4  autopilot is off

        """#,
        .stalls: #"""
        agent      issue  state    since                 why                        tried
        iss_3          3  stalled  2025-08-21 10:02:53Z  no report after 2 nudges   2 turns (1 continued), 2
                                                                                    nudges
        iss_4          4  stalled  2025-08-21 10:02:54Z  its budget is used up      1 turn, a wrap-up, 2
                                                                                    failed attempts
        misplaced      -  parked   2025-08-21 10:02:56Z  its worktree is on branch  0 turns
                                                         x

        """#,
        .agents: #"""
        name          issue  state             worked  budget  tokens  turns  last_report
        orchestrator      -  idle                  0s  1m 40s      50      0  -
        iss_1             1  working            2m 5s     45m    4200      2  Parsed it
        iss_3             3  stalled              30m     45m     900      2  -
        iss_4             4  closed               45m     45m   70000      1  -
        asks              -  waiting_approval      1s     45m      10      0  -
        idle_one          -  idle                   -       -       -      0  -
        has_mail          -  queued                 -       -       -      1  -
        misplaced         -  parked                 -       -       -      0  -
        ends              -  wrapping_up            -       -       -      0  -
        begins            -  starting               -       -       -      0  -

        """#,
        .issues: #"""
        number  phase    agent  blocked_by  labels                      branch          title
             1  running  iss_1  -           agent:running, orchestrate  ai/iss-1-parse  Parse the config
             2  queued   -      1, 9        orchestrate, priority:P5    -               漢字 and 🎉
             3  stalled  iss_3  -           -                           -               Silent
             4  stalled  iss_4  -           -                           -               Too long
             5  done     -      -           -                           -               Old

        """#,
        .turns: #"""
        seq  agent     issue  kind      status       tokens  worked  created               report_summary
          1  iss_1         1  task      completed      4000   780ms  2025-08-21 10:02:50Z  Parsed it
          2  iss_1         1  send      running         200   2m 4s  2025-08-21 10:02:51Z  -
          3  iss_3         3  task      interrupted       -      0s  2025-08-21 10:02:50Z  -
          4  iss_3         3  continue  failed          900      0s  2025-08-21 10:02:51Z  -
          5  iss_4         4  task      completed     70000     45m  2025-08-21 10:02:50Z  Half of it
          6  has_mail      -  task      queued            -      0s  2025-08-22 10:02:47Z  -

        """#,
        .approvals: #"""
        id  status   agent  issue  kind     summary       deadline
         1  pending  asks       -  command  rm -rf build  2025-08-21 10:12:56Z
         2  denied   iss_1      1  command  curl x        2025-08-21 10:12:55Z

        """#,
        .artifacts: #"""
        id            kind     size  agent  issue  at                    name
        ba7816bf8f01  report      3  iss_1      1  2025-08-21 10:02:50Z  iss_1
        6e340b9cffb3  message     1  iss_1      1  2025-08-21 10:02:50Z  -

        """#,
        .events: #"""
        seq  at                    kind            agent  issue  data
          1  2025-08-21 10:02:48Z  hub.started     -          -  {"epoch":3}
          2  2025-08-21 10:02:49Z  agent.created   iss_1      1  {"name":"iss_1"}
          3  2025-08-21 10:02:50Z  turn.running    iss_1      1  {}
          4  2025-08-21 10:02:53Z  agent.nudged    iss_3      3  {"number":2}
          5  2025-08-21 10:02:53Z  agent.stalled   iss_3      3  {"reason":"no report after 2 nudges"}
          6  2025-08-21 10:02:56Z  item.completed  asks       -  {"list":[1,2],"text":"ü"}

        """#,
        .budgets: #"""
        agent         issue  phase    worked  budget     left  tokens  tokens_max  nudges  wrap_up
        orchestrator      -  ready        0s  1m 40s   1m 40s      50           -       0  no
        iss_1             1  ready     2m 5s     45m  42m 55s    4200      100000       0  no
        iss_3             3  stalled     30m     45m      15m     900           -       2  no
        iss_4             4  closed      45m     45m       0s   70000       70000       0  yes
        asks              -  ready        1s     45m  44m 59s      10           -       0  no

        """#,
        .tokens: #"""
        day         agent     issue  turns  tokens  unmeasured  worked
        2025-08-21  iss_1         1      2    4200           0   2m 5s
        2025-08-21  iss_3         3      2     900           1      0s
        2025-08-21  iss_4         4      1   70000           0     45m
        2025-08-22  has_mail      -      1       -           1      0s

        """#,
        .timeline: #"""
        at                    kind           agent  issue  what
        2025-08-21 10:02:48Z  hub.started    -          -  -
        2025-08-21 10:02:49Z  agent.created  iss_1      1  -
        2025-08-21 10:02:50Z  turn.running   iss_1      1  task
        2025-08-21 10:02:53Z  agent.nudged   iss_3      3  nudge 2
        2025-08-21 10:02:53Z  agent.stalled  iss_3      3  no report after 2 nudges

        """#,
        .outbox: #"""
        id  created               kind         status   agent  issue  attempts  error
         1  2025-08-21 10:02:50Z  turn.submit  done     iss_1      1         1  -
         2  2025-08-21 10:02:53Z  labels.set   pending  -          3         2  no answer

        """#,
        .stderr: #"""
        at                    line
        2025-08-21 10:02:48Z  ERROR bubblewrap
        2025-08-21 10:02:48Z  ready

        """#,
    ]
}
