import ArenaTypes

extension ClientCommand.ModerateAct {
  init(from fields: inout FieldReader) throws(Refusal) {
    var parts = try fields.fields("act")
    act = try Wire.Act(from: &parts)
    try parts.finish()
    reason = try fields.string("reason", lengths: 1...300)
    dryRun = try fields.flag("dryRun")
    report = try fields.stringOrNil("report", lengths: 1...200)
  }
}

extension Wire.Act {
  init(from fields: inout FieldReader) throws(Refusal) {
    kind = try fields.choice("kind")
    target = try fields.stringOrNil("target", lengths: 1...200)
    player = try fields.nameOrNil("player").map { PlayerID(rawValue: $0) }
    seconds = try fields.integerOrNil("seconds", in: -315_360_000...315_360_000)
    text = try fields.stringOrNil("text", lengths: 1...300)
  }
}

extension ClientCommand.ModerateUndo {
  init(from fields: inout FieldReader) throws(Refusal) {
    entry = try fields.integer("entry", in: 1...FieldReader.integerMax)
    reason = try fields.string("reason", lengths: 1...300)
    dryRun = try fields.flag("dryRun")
  }
}

extension ClientCommand.ModerateList {
  init(from fields: inout FieldReader) throws(Refusal) {
    list = try fields.choice("list")
    find = try fields.stringOrNil("find", lengths: 0...80)
    after = try fields.stringOrNil("after", lengths: 1...120)
    all = try fields.flag("all")
    limit = try fields.integer("limit", in: 1...200)
  }
}

extension ClientCommand.ModerateLook {
  init(from fields: inout FieldReader) throws(Refusal) {
    player = try fields.identifier("player")
  }
}

extension ClientCommand.Report {
  init(from fields: inout FieldReader) throws(Refusal) {
    about = try fields.string("about", lengths: 3...160)
    reason = try fields.choice("reason")
    note = try fields.stringOrNil("note", lengths: 0...300)
  }
}

extension FieldReader {
  /// A boolean that is false where it is left out.
  mutating func flag(_ key: String) throws(Refusal) -> Bool {
    guard let value = value(key), value != .null else { return false }
    return try bool(key)
  }
}
