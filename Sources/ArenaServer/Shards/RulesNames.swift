import ArenaRules

/// The rules' own name for a client's command, beside the wire's `CommandID`.
typealias RulesCommandID = ArenaRules.CommandID
