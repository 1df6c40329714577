/* Made from protocol/ by tools/types.js; don't edit. */

/** What a moderator does. */
export interface Act {
  /** What. */
  kind: ActKind;
  /** To what: the id of a duel, contest, player, ban, notice, report or flag, a text's reference such as `excerpt/e17` or `duel/d_51c0/0/1/0` (round, seat and attempt from 0), or a range of addresses such as `192.0.2.0/24`. */
  target?: string | null;
  /** Whose run is taken off a contest. */
  player?: Name | null;
  /** For how long, or by how much. */
  seconds?: number | null;
  /** What everybody is told. */
  text?: string | null;
}

/** What a player answers in a round. */
export type Answer = {
  kind: 'pick';
  side: Side;
} | {
  kind: 'write';
  text: string;
} | {
  kind: 'oddOneOut';
  odd: number;
} | {
  kind: 'predict';
  tokens: number[];
} | {
  kind: 'fire';
  text: string;
} | {
  kind: 'done';
};

/** A unit that the player has explained. */
export interface AtlasEntry {
  /** The unit. */
  unit: UnitCard;
  /** What the player wrote. */
  text: string;
  /** Its score. */
  score: Score;
  /** Whether nobody is known to have explained it better. */
  best: boolean;
}

/** One act of a moderator; the log is never changed. */
export interface AuditEntry {
  /** Its number in the log. */
  number: number;
  /** When. */
  at: Time;
  /** Who: the label of the token. */
  moderator: string;
  /** What: the type of the command. */
  action: string;
  /** On what: the id of a duel, contest or player. */
  target: string | null;
  /** Why, as the moderator wrote. */
  reason: string;
  /** What undoes it, with `moderate.undo`; null where nothing does. */
  undo?: ActKind | null;
}

/** Who wrote an explanation. */
export interface AuthorCredit {
  /** What sort of author. */
  kind: AuthorKind;
  /** The player, if it was one. */
  player: Name | null;
  /** What to show. */
  name: string;
}

/** One row of a board; its rank is given by its position. */
export interface BoardEntry {
  /** Who. */
  player: Name;
  /** What others see. */
  name: string;
  /** The points: one for each right answer of a race. */
  points: number;
  /** When the points were reached; of equals the earlier stands higher. */
  finishedAt: Time;
  /** Where the player is at home; absent where that wasn't said. */
  territory?: Territory;
}

/** One step from a board's version to the next; positions count from 0 in the rows as the steps before have left them, so that a rank is a position plus 1. */
export type BoardOperation = {
  op: 'insert';
  position: number;
  entry: BoardEntry;
} | {
  op: 'move';
  from: number;
  to: number;
  entry: BoardEntry;
} | {
  op: 'change';
  position: number;
  entry: BoardEntry;
} | {
  op: 'remove';
  position: number;
};

/** A labelled program that would play at once. */
export interface BotOffer {
  /** What it is called. */
  name: string;
  /** How strong it plays. */
  rating: number;
}

/** The campaign that this server plays. */
export interface CampaignSummary {
  /** Its name. */
  id: Name;
  /** Its title. */
  title: string;
  /** The model whose units it holds. */
  model: string;
  /** How many units it has. */
  units: number;
  /** Whether its answers are public, so that nothing here is rated seriously. */
  practice: boolean;
  /** What players should know of it. */
  notice: string | null;
  /** The duels that can be played on it; a server that leaves this out plays all. `fire` and `mixed` are missing where the model, or a dictionary of the units, is not at hand, and any where too few units suit its rounds. */
  formats: DuelFormat[];
  /** What sorts of units it holds, as in their names without what stands behind a colon. */
  kinds: UnitKind[];
}

/** What goes on in a campaign. */
export interface CampaignTraffic {
  /** Which. */
  id: Name;
  /** Its title. */
  title: string;
  /** Whether nothing in it moves a rating. */
  practice: boolean;
  /** How many wait for a duel in it. */
  waiting: Counts;
  /** How many duels go on in it. */
  duels: number;
}

/** An excerpt with one activation a token. */
export interface Clue {
  /** Its name. */
  id: Name;
  /** How it was drawn. */
  kind: ExcerptKind;
  /** The title of the document that it was cut from. */
  source: string;
  /** The tokens; joined, they are the text. */
  tokens: string[];
  /** The unit's activation on each token, as many as `tokens`. */
  activations: number[];
  /** The activation of full colour, the same for all clues of a unit. */
  scale: number;
  /** The position of the strongest token. */
  peak: number;
  /** The positions [from, to) that are shown before the excerpt is opened. */
  window: [number, number];
}

/** The client's name for one of its commands, unique per player: repeating it has no second effect and is answered as the first time. */
export type CommandId = string;

/** The name of a player, duel, contest, campaign, excerpt or invitation. */
export type Name = string;

/** The name of a unit: `model/layer/kind/index`. The kind is `mlp`, `head`, `residual:NAME` (a set of directions) or `feature:NAME` (a sparse dictionary); others may come. */
export type Unit = string;

/** Names one unbroken row of a topic's offsets. */
export type Epoch = string;

/** The place of an event in its topic and epoch; a snapshot has that of the last event it includes. */
export type Offset = number;

/** Milliseconds since 1970-01-01T00:00:00Z by the server's clock, unless said otherwise. */
export type Time = number;

/** A stream of events: `duel/{duel}`, `board/{board}`, `me`, `lobby` or `moderation`. */
export type Topic = string;

/** The name of a board: of a contest its id; `rating:{format}:{span}`, `campaign:{campaign}:{span}` or `series:{first word of the contests' ids}:{span}`, where a span is `day`, `week`, `month` or `all`. `@` with a territory behind it leaves those who are at home there. */
export type Board = string;

/** A country by ISO 3166-1, or a region of one by ISO 3166-2. */
export type Territory = string;

/** What a final board is sealed with; `board-seal.md` tells how the hash is made. */
export interface ContestSeal {
  /** The hash of the board's canonical text, SHA-256 as 64 hexadecimal digits. */
  hash: string;
  /** The rules in one line, as in the canonical text. */
  rules: string;
  /** What every draw came from, a decimal number of up to 20 digits. */
  seed: string;
  /** When the board became final. */
  settledAt: Time;
  /** How many answers the engine never scored; they count nothing. */
  lost: number;
  /** How many texts keep their first score, because no settled one came in time. */
  unsettled: number;
  /** The hash of the board before, where a moderator changed it. */
  amends: string | null;
}

/** What everybody sees of a live contest beside its board. */
export interface ContestStage {
  /** Where the timetable stands. */
  phase: StagePhase;
  /** The question that is open or revealed. */
  round: RoundView | null;
  /** Its truth, in a reveal; the seats in it are nobody's. */
  reveal: Reveal | null;
  /** When the next phase comes; null once it is over. */
  until: Time | null;
  /** How many answered the revealed question. */
  answered: number;
}

/** A contest in a list. */
export interface ContestSummary {
  /** Its name. */
  id: Name;
  /** Its title. */
  title: string;
  /** Its rules. */
  kind: ContestKind;
  /** Where it is. */
  state: ContestState;
  /** When it opens. */
  opensAt: Time;
  /** When it closes. */
  closesAt: Time;
  /** How many have started a run. */
  players: number;
  /** How long a run is. */
  runSeconds: number;
  /** What a wrong answer costs of one's own clock. */
  wrongCostSeconds: number;
  /** Which wrong answer ends the run; 0 in other kinds. */
  wrongMax: number;
  /** What the moderator wrote who ended it, if one did. */
  endedBecause: string | null;
  /** Whether a moderator has changed its board after it was final. */
  amended: boolean;
  /** How many rounds or units it has; null in a race. */
  rounds?: number | null;
  /** How many texts each unit of a quest may be tried with. */
  tries?: number | null;
  /** The named time zone in which it repeats. */
  zone?: string | null;
  /** The date in that zone on which it opens, such as `2026-11-30`. */
  date?: string | null;
  /** Whether only players of a day and ten rounds stand on the board; others play beside. */
  establishedOnly?: boolean;
  /** How many play beside the board. */
  beside?: number;
  /** What the moderator wrote who last changed the final board. */
  amendedBecause?: string | null;
  /** What the final board is sealed with; null until it is final. */
  seal?: ContestSeal | null;
  /** The campaign that is asked about; null or absent: the first one. */
  campaign?: Name | null;
}

/** A number for each duel format. */
export interface Counts {
  /** For pick duels. */
  pick: number;
  /** For write duels. */
  write: number;
  /** For fire duels. */
  fire: number;
  /** For mixed duels. */
  mixed?: number;
}

/** What proves that a client speaks for a player. */
export interface Credentials {
  /** The player. */
  id: Name;
  /** The secret that the server told when it made the guest. */
  secret: string;
}

/** A running duel in a list. */
export interface DuelListing {
  /** Its name, to subscribe to `duel/{id}`. */
  id: Name;
  /** What its rounds are. */
  format: DuelFormat;
  /** The names of the two. */
  players: [string, string];
  /** The running round; 0 in the countdown. */
  round: number;
  /** How many rounds the format has. */
  of: number;
  /** The points so far. */
  totals: [number, number];
  /** How many watch. */
  spectators: number;
  /** When it started. */
  startedAt: Time;
  /** The campaign that is asked about; null or absent: the first one. */
  campaign?: Name | null;
}

/** How a duel ended. */
export interface DuelResult {
  /** Won, drawn or void. */
  outcome: DuelOutcome;
  /** The seat that has won. */
  winner: number | null;
  /** Why it ended. */
  reason: DuelEndReason;
  /** What the moderator wrote, if one ended it. */
  note: string | null;
  /** The points of each seat. */
  totals: [number, number];
  /** The rounds that were played. */
  rounds: RoundSummary[];
  /** Whether it moves ratings; never against bots, never when void. */
  rated: boolean;
  /** Each seat's rating before and after; null if it is not rated. */
  ratings: [RatingChange | null, RatingChange | null];
  /** What to take home. */
  card: ResultCard;
}

/** A whole duel at one moment: all that a client needs to show it. */
export interface DuelView {
  /** Its name. */
  id: Name;
  /** What its rounds are. */
  format: DuelFormat;
  /** How many rounds the format has. */
  rounds: number;
  /** The two seats. */
  players: [Seat, Seat];
  /** Whether it was made by an invitation. */
  private: boolean;
  /** Whether it can move ratings. */
  rated: boolean;
  /** When the first round opens or opened. */
  startsAt: Time;
  /** Where it is. */
  phase: DuelPhase;
  /** When the phase ends at the latest; null in `finished`. */
  phaseEndsAt: Time | null;
  /** The running or last round, also while its reveal is shown; null in the countdown. */
  round: RoundView | null;
  /** From which seats nothing more is expected in the running round. */
  lockedIn: [boolean, boolean];
  /** Which seats want the reveal to end. */
  ready: [boolean, boolean];
  /** The truth of the round, in the phase `reveal`. */
  reveal: Reveal | null;
  /** The points so far. */
  totals: [number, number];
  /** The rounds that are over. */
  history: RoundSummary[];
  /** When the *other* player may claim the duel, for each seat that is away. */
  claimableAt: [Time | null, Time | null];
  /** The result, in the phase `finished`. */
  result: DuelResult | null;
  /** How many watch. */
  spectators: number;
  /** The receiver's own secrets; null for a spectator. */
  you: OwnSeat | null;
  /** The campaign that is asked about; null or absent: the first one. */
  campaign?: Name | null;
}

/** What a duel's rounds are. `pick`: Five rounds of choosing between two explanations. `write`: Three rounds of writing an explanation. `fire`: Three rounds of writing a text that makes the unit fire. `mixed`: Five rounds, one of each kind: pick, odd one out, predict, write, fire. */
export type DuelFormat = 'pick' | 'write' | 'fire' | 'mixed';

/** What sort of thing a unit is. `mlp`: A neuron. `head`: An attention head. `residual`: A direction of the residual stream. `feature`: A feature of a sparse dictionary. */
export type UnitKind = 'mlp' | 'head' | 'residual' | 'feature';

/** What a round asks. `pick`: Which of two explanations is right. `write`: An explanation of the unit. `oddOneOut`: Which of four excerpts leaves the unit silent, if any. `predict`: On which tokens of an excerpt the unit fires. `fire`: A text on which the unit fires hard. */
export type RoundKind = 'pick' | 'write' | 'oddOneOut' | 'predict' | 'fire';

/** One of the two explanations of a pick. `a`: The left or upper one. `b`: The right or lower one. */
export type Side = 'a' | 'b';

/** Who sits on a duel's seat. `human`: A person. `bot`: A program, labelled as such. */
export type SeatKind = 'human' | 'bot';

/** What a connection may do. `player`: Play and watch. `moderator`: Also see and steer all live sessions. */
export type Role = 'player' | 'moderator';

/** What has become of a fire text. `measuring`: The engine still works on it. `measured`: The model read it. `refused`: It breaks a rule; the try is not used up. `failed`: The engine could not run it; the try counts 0. */
export type FireState = 'measuring' | 'measured' | 'refused' | 'failed';

/** What decided which side of a pick is right. `readers`: Readers who judged the pair blind on held-out excerpts. `construction`: How the unit was made: it is a function of the text (a gold question). `people`: The choices of many players. `scorer`: The calibrated scorer. `open`: Nothing yet: both get points when they agree. */
export type Basis = 'readers' | 'construction' | 'people' | 'scorer' | 'open';

/** Who wrote an explanation. `player`: A person who plays here. `house`: The makers of the campaign. `machine`: A program. */
export type AuthorKind = 'player' | 'house' | 'machine';

/** Where a duel is. `countdown`: Both are there; the first round starts at `phaseEndsAt`. `question`: A round is open for answers until `phaseEndsAt`. `scoring`: The round is over and the engine works. `reveal`: The truth is shown until `phaseEndsAt`. `finished`: There is a result. */
export type DuelPhase = 'countdown' | 'question' | 'scoring' | 'reveal' | 'finished';

/** How a duel ended. `win`: One player has won. `draw`: Nobody was better. `void`: It does not count. */
export type DuelOutcome = 'win' | 'draw' | 'void';

/** Why a duel ended. `points`: All rounds were played. `resigned`: A player gave up. `absent`: A player, or both, were away for too long. `moderator`: A moderator ended it. */
export type DuelEndReason = 'points' | 'resigned' | 'absent' | 'moderator';

/** What has become of a written explanation. `checking`: The server still looks at it. `accepted`: It counts. `refused`: It does not count and may be written again. */
export type TextState = 'checking' | 'accepted' | 'refused';

/** Why a player still waits in the queue. `alone`: Nobody else waits for this format. `widening`: Others wait; the accepted rating gap is still too small. `sameIdentity`: Those who wait may be the same person. */
export type WaitReason = 'alone' | 'widening' | 'sameIdentity';

/** Why a player is no longer in the queue. `left`: The player asked to leave. `matched`: A duel was found. `disconnected`: The last connection of the player closed. `closing`: The server goes down. */
export type LeaveReason = 'left' | 'matched' | 'disconnected' | 'closing';

/** The rules of a contest. `race`: As many right picks as possible from one's own start; the third wrong one ends the run. `daily`: The same rounds for everyone, one try each. `quest`: The best explanation of each of a set of units. `live`: Everyone the same round at the same moment. */
export type ContestKind = 'race' | 'daily' | 'quest' | 'live';

/** Where a contest is. `scheduled`: It opens at `opensAt`. `open`: Players may start and answer. `paused`: A moderator has stopped all clocks. `closing`: The last runs are settled. `final`: The board never changes again. */
export type ContestState = 'scheduled' | 'open' | 'paused' | 'closing' | 'final';

/** Why a run is over. `time`: Its time is up. `wrongAnswers`: One wrong answer too many. `finished`: All rounds are played. `closed`: The contest has closed. `removed`: A moderator has taken it off the board. */
export type RunEndReason = 'time' | 'wrongAnswers' | 'finished' | 'closed' | 'removed';

/** How loudly a notice is shown. `info`: Good to know. `warning`: Something asks for attention. */
export type NoticeLevel = 'info' | 'warning';

/** How an excerpt was drawn. `top`: Among the strongest activations of the corpus. `quantile`: From a lower quantile of the texts on which the unit fires. `random`: Any text of the corpus. `nearMiss`: Has the unit's own peak words, or is very similar to a top text, but the unit stays silent. */
export type ExcerptKind = 'top' | 'quantile' | 'random' | 'nearMiss';

/** Why a score was held down. `peakWordList`: The text is a mere list of the clues' peak words. */
export type ScoreCap = 'peakWordList';

/** Why a command was refused; `codes.json` says what to do about each. */
export type ErrorCode = 'bad_json' | 'bad_field' | 'unknown_type' | 'too_large' | 'hello_first' | 'hello_twice' | 'unsupported_protocol' | 'bad_secret' | 'banned' | 'muted' | 'unauthorised' | 'forbidden' | 'insecure' | 'not_found' | 'rate_limited' | 'busy' | 'unavailable' | 'draining' | 'too_many_topics' | 'bad_name' | 'already_queued' | 'not_queued' | 'no_bot_offered' | 'no_ghost_offered' | 'format_unavailable' | 'already_in_duel' | 'invite_expired' | 'own_invite' | 'rematch_over' | 'not_your_duel' | 'duel_over' | 'round_over' | 'wrong_round' | 'no_question' | 'wrong_kind_of_answer' | 'already_answered' | 'being_checked' | 'not_an_option' | 'repeated_token' | 'too_many_tries' | 'nothing_revealed' | 'not_absent_yet' | 'already_decided' | 'text_empty' | 'text_too_long' | 'too_many_words' | 'too_many_meanings' | 'invisible_characters' | 'copied_from_clue' | 'taboo_word' | 'explicit_text' | 'contest_not_open' | 'contest_full' | 'contest_paused' | 'already_run' | 'not_started' | 'run_over' | 'wrong_question' | 'sealed' | 'guess_first' | 'budget_spent' | 'own_explanation' | 'no_model' | 'texts_spent' | 'superseded' | 'reason_missing' | 'bad_duration' | 'wrong_state';

/** How far a round of a run is. `open`: Answers are taken. `scoring`: The engine works on an answer. `done`: Its points are known. `lost`: The engine never said what the answer was worth; it counts nothing. */
export type RunRoundState = 'open' | 'scoring' | 'done' | 'lost';

/** How far a text of a quest is. `checking`: It is being checked. `refused`: It breaks a rule, and uses no try up. `scoring`: It stands and is being scored. `scored`: Its score is known. `lost`: The engine could not score it; it uses no try up. */
export type RunTryState = 'checking' | 'refused' | 'scoring' | 'scored' | 'lost';

/** Where the timetable of a live contest stands. `gathering`: Players gather; the first question comes at `until`. `question`: A question is open. `reveal`: Its truth is shown. `over`: All rounds are over. */
export type StagePhase = 'gathering' | 'question' | 'reveal' | 'over';

/** What the points of a board are that is no contest's. `campaign`: The points of all duels between people in a campaign. `rating`: The rating in a duel format, of who has played a rated duel in the stretch of time. `series`: The points of all final contests of one series. */
export type StandingKind = 'campaign' | 'rating' | 'series';

/** A stretch of time that a board is of. `day`: The day, from midnight by the clocks of the server's zone. `week`: The week, from Monday. `month`: The month, from the first. `all`: All that ever counted. */
export type BoardSpan = 'day' | 'week' | 'month' | 'all';

/** What a moderator can do. `endDuel`: Voids a duel that runs. `voidDuel`: Voids a duel, running or over; ratings that it moved are moved back. `pauseContest`: Stops a contest's clocks. `resumeContest`: Lets a contest's clocks go on. `extendContest`: Moves a contest's end by `seconds`, which may be negative. `endContest`: Closes a contest at once. `removeFromContest`: Takes the run of `player` off a contest's board. `kick`: Closes a player's connections and keeps it away for `seconds`, which may be 0. `mute`: Refuses what a player writes for `seconds`. `banAddress`: Keeps a range of addresses away for `seconds`. `lift`: Ends a ban or a mute. `hide`: Shows a text to nobody any more but who wrote it. `restore`: Shows a hidden text. `announce`: Tells everybody `text` for `seconds`. `withdraw`: Ends a notice. `dismiss`: Closes a report or a flag. `reopen`: Opens a report or a flag again. `drain`: Starts nothing new, and ends when nothing runs any more. `resume`: Starts new things again. */
export type ActKind = 'endDuel' | 'voidDuel' | 'pauseContest' | 'resumeContest' | 'extendContest' | 'endContest' | 'removeFromContest' | 'kick' | 'mute' | 'banAddress' | 'lift' | 'hide' | 'restore' | 'announce' | 'withdraw' | 'dismiss' | 'reopen' | 'drain' | 'resume';

/** What a moderator can list. `players`: Connected players. `duels`: Running duels. `contests`: Contests that are shown. `texts`: Texts that wait for a look, or were decided. `reports`: Reports of players. `flags`: What looks like unfair play. `bans`: Bans and mutes in force. `notices`: Notices. */
export type ListKind = 'players' | 'duels' | 'contests' | 'texts' | 'reports' | 'flags' | 'bans' | 'notices';

/** What a player thinks is wrong. `rude`: It insults. `explicit`: It is explicit. `cheating`: Somebody cheats. `spam`: It is noise. `wrong`: It is not true. `other`: Something else, which the note says. */
export type ReportReason = 'rude' | 'explicit' | 'cheating' | 'spam' | 'wrong' | 'other';

/** What a player thinks of an explanation. `up`: It fits. `down`: It doesn't fit. `none`: Nothing, or nothing any more. */
export type VoteDirection = 'up' | 'down' | 'none';

/** What a player says of a unit beside all explanations. `noneFits`: None of the explanations fits. `mess`: It has too many meanings for one explanation. `none`: Nothing, or nothing any more. */
export type UnitMark = 'noneFits' | 'mess' | 'none';

/** How far a text of solo play is. `scoring`: The engine works on it. `draft`: It waits in the queue: for votes of others, or for an engine that has nothing else to do. `scored`: It has its score. */
export type SoloState = 'scoring' | 'draft' | 'scored';

/** What has become of what was submitted. `scoring`: It is kept, and the engine scores it. `draft`: The day's scores are spent: it is kept, and waits in the queue. `counted`: It says what another explanation says: it counts as a vote for that one. `repeated`: The player has written the same here before. */
export type SubmitOutcome = 'scoring' | 'draft' | 'counted' | 'repeated';

/** What could have been done better. `wordList`: It lists the words of the clues. `tooBroad`: It expects the unit to fire where it stays silent. `tooNarrow`: The unit fires where it expects nothing. `closer`: It is better than what the player wrote here before. `best`: Nothing that is known scores higher. `fair`: Nothing stands out. */
export type TipKind = 'wordList' | 'tooBroad' | 'tooNarrow' | 'closer' | 'best' | 'fair';

/** What a day was for a streak. `played`: Its daily was finished. `spared`: It was missed, and a spare day stands for it. `missed`: It was missed. `open`: It is today, and can still be played. */
export type StreakDay = 'played' | 'spared' | 'missed' | 'open';

/** How a duel of the past ended for the player. `won`: The player won. `lost`: The other player won. `draw`: Nobody won. `void`: It doesn't count. */
export type PastOutcome = 'won' | 'lost' | 'draw' | 'void';

/** What units are found by: what their explanations mean, or the words on which they fire. */
export type SearchKind = 'meaning' | 'token';

/** An explanation with its author and its score. */
export interface ExplanationCredit {
  /** What it says. */
  text: string;
  /** Who wrote it. */
  author: AuthorCredit;
  /** How well it predicts, if that was computed. */
  score: Score | null;
}

/** One row of a final board, with all that is hashed. */
export interface FinalEntry {
  /** Who. */
  player: Name;
  /** What others see; it is not hashed. */
  name: string;
  /** The points. */
  points: number;
  /** When the points were reached. */
  finishedAt: Time;
  /** When the player joined. */
  joinedAt: Time;
}

/** A duel that ended a moment ago and can be replayed. */
export interface FinishedDuel {
  /** Its name, for `duel.replay`. */
  id: Name;
  /** What its rounds were. */
  format: DuelFormat;
  /** The names of the two. */
  players: [string, string];
  /** The points. */
  totals: [number, number];
  /** When it ended. */
  endedAt: Time;
}

/** One text of a fire round and what the model made of it. */
export interface FireTry {
  /** Which try it was, counted from 1. */
  attempt: number;
  /** What was written; empty for others while it is hidden. */
  text: string;
  /** What has become of it. */
  state: FireState;
  /** Its tokens; empty unless it was measured, and for others while it is hidden. */
  tokens: TokenActivation[];
  /** The strongest activation; null unless it was measured. */
  peak: number | null;
  /** Whether five tokens in a row are from a clue, so that it counts 0. */
  copied: boolean;
  /** What it is worth before the round's weight. */
  points: number;
  /** Which rule it breaks, in the state `refused`. */
  refused: TextRefusal | null;
  /** Whether only its author may see the text: it was refused or not read, or waits for a moderator. */
  hidden?: boolean;
}

/** A recorded duel of a person, without the name, that would be replayed with its own timing. */
export interface GhostOffer {
  /** What it is called. */
  name: string;
  /** About how well the person was rated then. */
  rating: number;
}

/** Real against predicted activations on a reveal excerpt. */
export interface Heat {
  /** The excerpt with its real activations. */
  excerpt: Clue;
  /** The predictions, one row each. */
  predicted: Prediction[];
}

/** What everybody is told for a while. */
export interface HeldNotice {
  /** Its name. */
  id: string;
  /** What it says. */
  text: string;
  /** Since when it holds. */
  at: Time;
  /** Until when. */
  until: Time;
}

/** A private duel that waits for its second player. */
export interface Invite {
  /** What the other player enters. */
  code: string;
  /** What its rounds are. */
  format: DuelFormat;
  /** The path to append to the server's address for a link. */
  path: string;
  /** Until when it can be joined. */
  expiresAt: Time;
}

/** The limits that a client shows before the server has to refuse. */
export interface Limits {
  /** The most characters of a player's name. */
  nameCharactersMax: number;
  /** The most meanings of one explanation, joined by `|`. */
  meaningsMax: number;
  /** The most words of one meaning. */
  meaningWordsMax: number;
  /** The most characters of one meaning. */
  meaningCharactersMax: number;
  /** The most tokens of a fire text. */
  fireTokensMax: number;
  /** The most characters of a fire text. */
  fireCharactersMax: number;
  /** How many texts a fire round allows. */
  fireTries: number;
}

/** An open connection, for a moderator. */
export interface LiveConnection {
  /** Where it comes from. */
  address: string;
  /** Since when it is open. */
  since: Time;
  /** What it follows. */
  topics: string[];
}

/** A connected player, for a moderator. */
export interface LivePlayer {
  /** Who. */
  player: Name;
  /** What others see. */
  name: string;
  /** How many connections it has. */
  connections: number;
  /** When the oldest of them was opened. */
  connectedSince: Time;
  /** The duel that it plays. */
  duel: Name | null;
  /** The contest in which it has a running run. */
  contest: Name | null;
}

/** What goes on here. */
export interface LobbyView {
  /** How many players are connected. */
  online: number;
  /** How many of them are in a duel or a run. */
  playing: number;
  /** How many wait in the queue. */
  waiting: Counts;
  /** Running duels, the most watched first, 20 at most. */
  duels: DuelListing[];
  /** Contests that are not final. */
  contests: ContestSummary[];
  /** Duels that ended last and can be replayed, the latest first, 6 at most; older servers leave it out. */
  finished?: FinishedDuel[];
  /** Whether the server starts nothing new, since it is about to end. */
  draining?: boolean;
  /** What goes on in each of the campaigns that are open. */
  campaigns?: CampaignTraffic[];
}

/** How many players say something of a unit beside all explanations. */
export interface MarkCounts {
  /** That none of the explanations fits. */
  noneFits: number;
  /** That it has too many meanings. */
  mess: number;
}

/** One of several meanings of a text, and its score when it stands alone. */
export interface MeaningScore {
  /** The meaning. */
  text: string;
  /** Its score, once there is one. */
  score: Score | null;
}

/** Something that accuracy earns. */
export interface Milestone {
  /** Its name. */
  id: Name;
  /** Its title. */
  title: string;
  /** What earns it. */
  text: string;
  /** How far the player is. */
  value: number;
  /** How far it takes. */
  goal: number;
  /** When it was earned; null before. */
  earnedAt: Time | null;
}

/** One line of a moderator's list. */
export interface ModerationRow {
  /** Its name, which acts on it take. */
  id: string;
  /** What it is called. */
  title: string;
  /** More about it. */
  detail: string;
  /** When it began or came up. */
  at: Time;
  /** How it stands, in a word. */
  state: string | null;
  /** The player whom it concerns. */
  player: Name | null;
  /** When it ends. */
  until: Time | null;
  /** Who made it: a moderator's label or a player's id. */
  by: string | null;
  /** A duel, a contest or a unit to look at, as `duel/ID`, `contest/ID` or `unit/ID`. */
  link: string | null;
}

/** How much there is of what lists hold. */
export interface ModerationTotals {
  /** How many players are connected. */
  players: number;
  /** How many duels run. */
  duels: number;
  /** How many texts wait for a look. */
  texts: number;
  /** How many reports are open. */
  reports: number;
  /** How many flags are open. */
  flags: number;
}

/** All live sessions, for a moderator. */
export interface ModerationView {
  /** How many connections there are. */
  connections: number;
  /** Connected players, the latest first, 500 at most. */
  players: LivePlayer[];
  /** Running duels, 500 at most. */
  duels: DuelListing[];
  /** Contests that are not final. */
  contests: ContestSummary[];
  /** How many wait in the queue. */
  queues: Counts;
  /** How much there is of what `moderate.list` lists. */
  totals?: ModerationTotals;
  /** How the server is doing. */
  health?: NodeHealth;
}

/** A unit that has to do with another. */
export interface Neighbour {
  /** Its name. */
  unit: Unit;
  /** How it was found: `weights`, `firing`, or `before` and `after` it in the campaign; others may come. */
  relation: string;
  /** Whether the campaign holds it, so that it has a page; absent from older servers, where it may or may not. */
  here?: boolean;
}

/** How the server is doing. */
export interface NodeHealth {
  /** How many engine jobs wait. */
  engineQueue: number;
  /** How long the slowest shard let a message wait, in milliseconds. */
  lagMilliseconds: number;
  /** How many commands came since the start. */
  commands: number;
  /** Whether the server starts nothing new. */
  draining: boolean;
}

/** What only the player itself may see of its running round. */
export interface OwnSeat {
  /** Where it sits. */
  seat: number;
  /** Its choice, its marks or its text, once acknowledged. */
  answer: Answer | null;
  /** What has become of its text, in a write round. */
  textState: TextState | null;
  /** Why its text was refused, if it was. */
  refused: TextRefusal | null;
  /** Its tries, in a fire round; empty otherwise. */
  tries: FireTry[];
  /** How many texts it may still try, in a fire round. */
  triesLeft: number | null;
  /** The score of its text, in a write round, as soon as there is one. */
  score?: Score | null;
  /** Whether that is a first score, which the score itself will replace. */
  provisional?: boolean;
  /** Whether its text is hidden from others until a moderator has looked at it. */
  hidden?: boolean;
}

/** A duel of the past, as one of its players sees it. */
export interface PastDuel {
  /** The duel. */
  duel: Name;
  /** Its format. */
  format: DuelFormat;
  /** When it ended. */
  endedAt: Time;
  /** The name of the other player. */
  opponent: string;
  /** Whether that was a program. */
  bot: boolean;
  /** How it ended. */
  outcome: PastOutcome;
  /** The player's points. */
  points: number;
  /** The other player's points. */
  theirs: number;
  /** By how much the player's rating moved; null where it did not count. */
  rating: number | null;
}

/** A vote that can be taken back. */
export interface PastVote {
  /** The unit. */
  unit: Unit;
  /** The explanation. */
  explanation: Name;
  /** What it says. */
  text: string;
  /** The vote. */
  vote: VoteDirection;
  /** When it was given. */
  at: Time;
}

/** How often the player was right of late, where it is known what is right. */
export interface PickRecord {
  /** How many were right. */
  right: number;
  /** Of how many. */
  of: number;
}

/** An excerpt that a question asks about: its text, and nothing that tells what the unit does on it. */
export interface PlainExcerpt {
  /** The tokens; joined, they are the text. */
  tokens: string[];
  /** The positions [from, to) that are shown before the excerpt is opened. */
  window: [number, number];
}

/** A player as the player itself sees it. */
export interface Player {
  /** Its name in messages. */
  id: Name;
  /** What others see. */
  name: string;
  /** Its ratings. */
  ratings: Ratings;
  /** Whether it has chosen to see explicit texts. */
  showExplicit: boolean;
  /** How many rounds it has finished. */
  roundsPlayed: number;
  /** When it first came. */
  createdAt: Time;
  /** Where it says that it is at home. */
  territory?: Territory | null;
  /** Whether explanations are held back in solo play until it has made a guess. */
  hideExplanations?: boolean;
}

/** A player, as a moderator sees one. */
export interface PlayerLook {
  /** Who. */
  player: Name;
  /** What others see. */
  name: string;
  /** When the player first came. */
  createdAt: Time;
  /** The rounds played to their end. */
  roundsPlayed: number;
  /** The open connections, the oldest first. */
  connections: LiveConnection[];
  /** The duel that is played. */
  duel: Name | null;
  /** The contests with a run that goes on. */
  contests: Name[];
  /** The bans and mutes in force. */
  sanctions: ModerationRow[];
  /** Reports and flags that are open, the latest first. */
  cases: ModerationRow[];
  /** The last duels, the latest first. */
  duels: ModerationRow[];
}

/** What an explanation predicts for the tokens of the heat map. */
export interface Prediction {
  /** Whose it is: a player's name or the side. */
  label: string;
  /** The predicted activation of each token, 0 to 1. */
  values: number[];
}

/** What a player has done here. */
export interface Profile {
  /** The scores that are left. */
  budget: ScoringBudget;
  /** The streak. */
  streak: Streak;
  /** The last 50 picks. */
  picks: PickRecord;
  /** The milestones, by what they ask for. */
  milestones: Milestone[];
  /** Units that the player has explained, the best first; 60 at most. */
  atlas: AtlasEntry[];
  /** What the player has written in solo play, the latest first; 100 at most. */
  texts: SoloText[];
  /** The player's votes, the latest first; 100 at most. */
  votes: PastVote[];
  /** The player's duels, the latest first; 50 at most. */
  duels: PastDuel[];
  /** How many texts wait in the queue, of all players. */
  queue: number;
}

/** One question of a run. */
export interface Question {
  /** Which question of the run, counted from 1. */
  number: number;
  /** The unit. */
  unit: UnitCard;
  /** Its clues. */
  clues: Clue[];
  /** The two explanations. */
  options: SideTexts;
  /** When it counts as wrong. */
  deadline: Time;
}

/** A player's place in the matchmaking queue. */
export interface QueueStatus {
  /** What it waits for. */
  format: DuelFormat;
  /** Since when. */
  since: Time;
  /** The rating difference that is accepted now. */
  gap: number;
  /** Why it still waits. */
  reason: WaitReason;
  /** How many others wait for this format. */
  others: number;
  /** The bot that it may play instead, once that is on offer. */
  bot: BotOffer | null;
  /** The recording that it may play instead, once one is on offer; older servers leave it out. */
  ghost?: GhostOffer | null;
  /** The campaign that is asked about; null or absent: the first one. */
  campaign?: Name | null;
}

/** A rating before and after a duel. */
export interface RatingChange {
  /** Before. */
  before: RatingView;
  /** After. */
  after: RatingView;
}

/** A Glicko-2 rating as players see it. */
export interface RatingView {
  /** The rating; 1500 is where everyone starts. */
  rating: number;
  /** The rating deviation: the 95 % interval is twice this to each side. */
  deviation: number;
  /** Whether the deviation is still too large to rank the player. */
  provisional: boolean;
}

/** A player's rating in each duel format. */
export interface Ratings {
  /** In pick duels. */
  pick: RatingView;
  /** In write duels. */
  write: RatingView;
  /** In fire duels. */
  fire: RatingView;
  /** In mixed duels. */
  mixed?: RatingView;
}

/** What everybody who followed a duel was told, and when. */
export interface ReplayEvent {
  /** When it happened. */
  at: Time;
  /** The type of the event. */
  type: 'duel.clockMoved' | 'duel.finished' | 'duel.lockedIn' | 'duel.presence' | 'duel.readied' | 'duel.revealed' | 'duel.roundStarted' | 'duel.scoring' | 'duel.started';
  /** The content, as the schema of that event has it. */
  data: Record<string, any>;
}

/** Two sentences on why reading neurons matters. */
export interface ResultCard {
  /** A headline. */
  title: string;
  /** The sentences. */
  text: string;
}

/** The truth of a round, shown when it is over. */
export interface Reveal {
  /** Which round, counted from 1. */
  number: number;
  /** What it asked. */
  kind: RoundKind;
  /** What its points were multiplied by; `points` has that in it. */
  weight: number;
  /** Whether it broke a tie. */
  suddenDeath: boolean;
  /** The unit; its page may be opened now. */
  unit: UnitCard;
  /** False if the round counts for nobody, because the engine did not answer in time. */
  counted: boolean;
  /** What each seat answered; null without an answer and in fire rounds. */
  answers: [Answer | null, Answer | null];
  /** Whose written text is empty here, since it waits for a moderator to look at it; left out by servers that hide none. */
  hidden?: [boolean, boolean];
  /** What each seat got. */
  points: [number, number];
  /** How long each seat took in a pick, odd-one-out or predict round; null otherwise. */
  milliseconds: [number | null, number | null];
  /** The right side of a pick; null in other kinds and in open rounds. */
  right: Side | null;
  /** What decided a pick. */
  basis: Basis | null;
  /** The sides of a pick with their authors and scores. */
  explanations: SideCredits | null;
  /** The score of each seat's explanation in a write round. */
  scores: [Score | null, Score | null] | null;
  /** Whether both wrote the same in a write round and got the mean. */
  shared: boolean;
  /** Each seat's tries in a fire round. */
  tries: [FireTry[], FireTry[]] | null;
  /** The excerpts of an odd-one-out round in the order of the question, with their activations. */
  excerpts?: Clue[] | null;
  /** The odd one of an odd-one-out round, counted from 1; 0 if all four are the same. */
  odd?: number | null;
  /** The positions of the tokens that fire, in a predict round. */
  firing?: number[] | null;
  /** The explanation of a predict round with its author and score. */
  explanation?: ExplanationCredit | null;
  /** The best explanation that is known for the unit, in write, odd-one-out and fire rounds. */
  best: ExplanationCredit | null;
  /** What a program says of the unit, in write rounds, to be seen beside what the players wrote; null in other kinds and where a campaign has no such text. */
  machine?: ExplanationCredit | null;
  /** Real against predicted activations on an excerpt that nobody had seen. */
  heat: Heat | null;
}

/** A round that is over, in one line. */
export interface RoundSummary {
  /** Which round, counted from 1. */
  number: number;
  /** What it asked. */
  kind: RoundKind;
  /** The unit, whose page may be opened. */
  unit: Unit;
  /** What its points were multiplied by. */
  weight: number;
  /** Whether it broke a tie. */
  suddenDeath: boolean;
  /** What each seat got. */
  points: [number, number];
  /** False if it counted for nobody. */
  counted: boolean;
}

/** A round as everybody sees it while it is open. */
export interface RoundView {
  /** Which round, counted from 1. */
  number: number;
  /** How many rounds the format has; sudden-death rounds go beyond it. */
  of: number;
  /** What it asks. */
  kind: RoundKind;
  /** Whether it breaks a tie. */
  suddenDeath: boolean;
  /** What its points are multiplied by; 2 in the last round. */
  weight: number;
  /** The unit to be explained. */
  unit: UnitCard;
  /** The same clues for both players; none in odd-one-out and predict rounds. */
  clues: Clue[];
  /** When it opened. */
  startedAt: Time;
  /** When it closes; a later answer is refused with `round_over`. */
  deadline: Time;
  /** The two explanations, in a pick round. */
  options: SideTexts | null;
  /** The four excerpts of an odd-one-out round, or the one of a predict round. */
  excerpts?: PlainExcerpt[] | null;
  /** The explanation of a predict round. */
  explanation?: string | null;
  /** The words that a fire text may not use, in a fire round. */
  taboo: string[] | null;
  /** How many texts each may try, in a fire round. */
  tries: number | null;
  /** The activation that is worth 100 points, in a fire round. */
  full100: number | null;
}

/** A player's try in a contest. */
export interface Run {
  /** The contest. */
  contest: Name;
  /** When its clock was started. */
  startedAt: Time;
  /** When its clock ends; a wrong answer moves it, and so does the end of a pause. */
  endsAt: Time;
  /** The points so far. */
  points: number;
  /** How many answers were wrong or came too late. */
  wrong: number;
  /** Whether it is over. */
  over: boolean;
  /** Why it is over. */
  endReason: RunEndReason | null;
  /** The question to answer; null when it is over or the contest is paused. */
  question: Question | null;
  /** The rules of the contest. */
  kind?: ContestKind;
  /** Whether it stands on the board; false for who plays beside it. */
  ranked?: boolean;
  /** The open question of a daily. */
  round?: RoundView | null;
  /** The rounds so far; empty in a race. */
  rounds?: RunRound[];
  /** The tries of the fire round that was asked last. */
  fireTries?: FireTry[];
  /** The truth of the round that was asked last, once its points are known; seat 0 is the player. */
  reveal?: Reveal | null;
  /** The answer to the running question of a live contest. */
  given?: Answer | null;
  /** What may be shown to others: no spoilers, once all points of a daily are known. */
  share?: string | null;
}

/** A round of a run, in a few lines. */
export interface RunRound {
  /** Which round, counted from 1. */
  number: number;
  /** What it asks. */
  kind: RoundKind;
  /** The unit. */
  unit: Unit;
  /** How far it is. */
  state: RunRoundState;
  /** Its points; null until they are known. */
  points: number | null;
  /** Why the last text was refused. */
  refused: TextRefusal | null;
  /** The texts, in a quest. */
  tries: RunTry[];
  /** How many texts are left, in a quest. */
  triesLeft: number | null;
  /** The score of the best text on the second sealed half, once a quest is final. */
  settled: Score | null;
}

/** A text of a quest. */
export interface RunTry {
  /** Which text, counted from 1. */
  number: number;
  /** What was written. */
  text: string;
  /** How far it is. */
  state: RunTryState;
  /** Its score on the first sealed half; null until it is known. */
  score: Score | null;
  /** Why it was refused. */
  refused: TextRefusal | null;
}

/** How well an explanation predicts a unit's activations on excerpts that its author has not seen. */
export interface Score {
  /** 0 to 100. */
  value: number;
  /** The lower end of the 95 % bootstrap interval. */
  low: number;
  /** The upper end of the 95 % bootstrap interval. */
  high: number;
  /** Why it is not higher, where a rule says so. */
  cap: ScoreCap | null;
  /** The scorer's name and version. */
  scorer: string;
}

/** How many scores a player may still ask for today. */
export interface ScoringBudget {
  /** How many are left. */
  left: number;
  /** How many there are a day. */
  of: number;
  /** When the next day begins. */
  renewsAt: Time;
  /** Whether the identity is a day old and has played ten rounds, which gives more of them. */
  established: boolean;
}

/** One side of a duel. */
export interface Seat {
  /** Who sits there. */
  player: Name;
  /** What others see. */
  name: string;
  /** A person or a program. */
  kind: SeatKind;
  /** Its rating when the duel was made. */
  rating: number;
  /** Its rating deviation then. */
  deviation: number;
  /** Whether it has a connection. */
  connected: boolean;
  /** Whether the program replays what a person did in another duel; its `kind` is `bot`, and older servers leave it out. */
  ghost?: boolean;
}

/** The two explanations of a pick, with authors and scores. */
export interface SideCredits {
  /** Side a. */
  a: ExplanationCredit;
  /** Side b. */
  b: ExplanationCredit;
}

/** The two explanations of a pick, without authors and scores. */
export interface SideTexts {
  /** The text of side a. */
  a: string;
  /** The text of side b. */
  b: string;
}

/** An explanation of a unit, as one votes on it. */
export interface SoloExplanation {
  /** Its name. */
  id: Name;
  /** What it says. */
  text: string;
  /** Who wrote it. */
  author: AuthorCredit;
  /** How well it predicts; null for a draft, or where it was not computed. */
  score: Score | null;
  /** Whether it waits for its score. */
  draft: boolean;
  /** How many have voted for it. */
  up: number;
  /** How many have voted against it. */
  down: number;
  /** The player's own vote. */
  vote: VoteDirection;
  /** Whether the player wrote it. */
  own: boolean;
}

/** What the player has written about a unit in solo play. */
export interface SoloText {
  /** Its name. */
  id: Name;
  /** The unit. */
  unit: Unit;
  /** What it says. */
  text: string;
  /** How far it is. */
  state: SoloState;
  /** Its score, once there is one. */
  score: Score | null;
  /** Its meanings alone, where it has several. */
  meanings: MeaningScore[];
  /** When it was written. */
  at: Time;
  /** Whether others see it only after a moderator has looked at it. */
  hidden: boolean;
  /** Its place in the queue, from 1, where it waits there. */
  place: number | null;
  /** How many others have voted for it. */
  votes: number;
  /** How many votes of others get a draft scored. */
  needed: number;
}

/** The unit that a player is at in solo play. */
export interface SoloUnit {
  /** The unit. */
  unit: UnitCard;
  /** Its clues. */
  clues: Clue[];
  /** Units that have to do with it. */
  neighbours: Neighbour[];
  /** Whether the explanations are held back until the player has made a guess. */
  hidden: boolean;
  /** How many explanations there are. */
  count: number;
  /** The explanations, the best first; none while they are held back. */
  explanations: SoloExplanation[];
  /** What the player has written here, the latest first. */
  own: SoloText[];
  /** What the player says of the unit. */
  mark: UnitMark;
  /** What others say of it; all 0 while explanations are held back. */
  marks: MarkCounts;
  /** The place of the unit among those that the player has been at, from 1. */
  number: number;
  /** Whether there is a unit before it. */
  back: boolean;
  /** Whether the player has been at a later one already. */
  forward: boolean;
  /** The scores that are left. */
  budget: ScoringBudget;
}

/** What a board is of that is no contest's. */
export interface Standing {
  /** What the points are. */
  kind: StandingKind;
  /** The campaign, the duel format or the series. */
  subject: Name;
  /** The stretch of time. */
  span: BoardSpan;
  /** When it began; null for all time. */
  opensAt: Time | null;
  /** When the next one begins; null for all time. */
  closesAt: Time | null;
  /** The named time zone by whose clocks it begins and ends. */
  zone: string;
  /** Whether only players of a day and ten rounds stand on it; others play beside. */
  establishedOnly: boolean;
  /** How many play beside the board. */
  beside: number;
}

/** Days in a row with a finished daily. */
export interface Streak {
  /** How many days; spared ones are not counted. */
  days: number;
  /** The most there were. */
  longest: number;
  /** Whether today's daily is finished. */
  today: boolean;
  /** How many spare days are left this month. */
  sparesLeft: number;
  /** The last 28 days, the latest last. */
  lately: StreakDay[];
}

/** How many of a board are at home somewhere. */
export interface TerritoryCount {
  /** The country or region. */
  territory: Territory;
  /** How many of the board's players say that they are at home there. */
  count: number;
}

/** What texts may be tried on a unit. */
export interface TextOffer {
  /** The most tokens of a text. */
  tokensMax: number;
  /** The most characters of a text. */
  charactersMax: number;
  /** How many texts the player may try at once; the number grows again with time. */
  left: number;
}

/** Why a text does not count. */
export interface TextRefusal {
  /** The code of `codes.json`. */
  code: ErrorCode;
  /** One sentence for its author. */
  reason: string;
}

/** A sentence that fits the text just scored. */
export interface Tip {
  /** What it is about. */
  kind: TipKind;
  /** The sentence. */
  text: string;
}

/** One token of a text as the model read it. */
export interface TokenActivation {
  /** The token. */
  text: string;
  /** The unit's activation on it. */
  activation: number;
}

/** What may be said of a unit while it is being played. */
export interface UnitCard {
  /** Its name. */
  id: Unit;
  /** The layer, counted from 0. */
  layer: number;
  /** The share of tokens of the corpus on which it fires. */
  density: number;
  /** Whether its peaks are a handful of words, so that a list of words is a fair explanation. */
  lexical: boolean;
}

/** A unit that was found. */
export interface UnitHit {
  /** The unit. */
  unit: UnitCard;
  /** The explanation that was found, or the unit's best; null where it has none. */
  explanation: ExplanationCredit | null;
  /** How near it is: of meanings the cosine, of words the activation by the unit's scale. */
  likeness: number;
  /** A text on which it fires; null where all are hidden by the player's settings. */
  clue: Clue | null;
}

/** Where a unit's public data can be had without a connection, from the address of the server. */
export interface UnitLinks {
  /** All that its page says, as JSON. */
  data: string;
  /** A card of it, which pages elsewhere may show in a frame. */
  card: string;
}

/** All that a player may read of a unit outside its rounds. */
export interface UnitPage {
  /** The unit. */
  unit: UnitCard;
  /** Its clues. */
  clues: Clue[];
  /** Its reveal excerpts. */
  reveals: Clue[];
  /** The words on which it peaks. */
  peakWords: string[];
  /** The tokens that its output direction promotes most. */
  promoted: string[];
  /** The tokens that its output direction suppresses most. */
  suppressed: string[];
  /** Units that have to do with it. */
  neighbours: Neighbour[];
  /** What it was explained by, the best first. */
  explanations: ExplanationCredit[];
}

/** What each command takes. */
export interface Commands {
  /** Asks for a page of a board, at one version. */
  'board.page': {
    /** The board. */
    board: Board;
    /** The rank from which on rows are wanted; 1 without it. */
    from?: number | null;
    /** The player around whom rows are wanted, in place of `from`. */
    around?: Name | null;
    /** How many rows are wanted. */
    count: number;
  };
  /** Asks where those are at home who stand on a board. */
  'board.territories': {
    /** The board; of its territory, if it names one, the regions are told. */
    board: Board;
  };
  /** Answers the question of one's run; acknowledged once it is on disk. */
  'contest.answer': {
    /** The contest. */
    contest: Name;
    /** The number of the question. */
    question: number;
    /** The chosen side. */
    side: Side;
  };
  /** Asks for a page of a final board and what it is sealed with. */
  'contest.final': {
    /** The contest. */
    contest: Name;
    /** The rank from which on rows are wanted. */
    from: number;
  };
  /** Asks for the contests. */
  'contest.list': {};
  /** Goes on from a round of a daily that is over. */
  'contest.next': {
    /** The contest. */
    contest: Name;
    /** The number of the round that is over. */
    round: number;
  };
  /** Starts one's own clock, or returns to the run that is going on. */
  'contest.start': {
    /** The contest. */
    contest: Name;
  };
  /** Answers a round of a daily, a quest or a live contest; acknowledged once it is on disk. */
  'contest.submit': {
    /** The contest. */
    contest: Name;
    /** The number of the round. */
    round: number;
    /** The answer. */
    answer: Answer;
  };
  /** Answers the running round; acknowledged once it is on disk. */
  'duel.answer': {
    /** The duel. */
    duel: Name;
    /** The round, counted from 1. */
    round: number;
    /** What is answered. */
    answer: Answer;
  };
  /** Ends a duel whose other player has been away for long. */
  'duel.claim': {
    /** The duel. */
    duel: Name;
  };
  /** Makes a private duel that another player joins by its code. */
  'duel.invite': {
    /** What the rounds shall be. */
    format: DuelFormat;
    /** The campaign to be asked about, of those that `hello` lists; without it, the first one. */
    campaign?: Name;
  };
  /** Joins a private duel. */
  'duel.join': {
    /** The code of the invitation. */
    code: Name;
  };
  /** Skips the rest of a reveal, if the other does too. */
  'duel.ready': {
    /** The duel. */
    duel: Name;
    /** The round, counted from 1. */
    round: number;
  };
  /** Wishes for another duel with the same opponent. */
  'duel.rematch': {
    /** The duel. */
    duel: Name;
  };
  /** Asks for a page of what happened in a finished duel. */
  'duel.replay': {
    /** The duel. */
    duel: Name;
    /** The number of the first event that is wanted, from 0. */
    from: number;
  };
  /** Gives the duel up. */
  'duel.resign': {
    /** The duel. */
    duel: Name;
  };
  /** Says who speaks; the first command on every connection, within 10 s. */
  'hello': {
    /** The protocol: `neuronarena.v1`. */
    protocol: string;
    /** The client's name and version. */
    client: string;
    /** A known player; without it, or null, a new guest is made. */
    player?: Credentials | null;
    /** The name of a new guest; without it the server finds one. */
    name?: string | null;
  };
  /** Does what a moderator can do, or says what it would change. */
  'moderate.act': {
    /** What to do. */
    act: Act;
    /** Why; it goes into the audit log. */
    reason: string;
    /** Whether only to say what would happen. */
    dryRun?: boolean | null;
    /** The report or flag that this answers, and that is closed with it. */
    report?: string | null;
  };
  /** Reads the audit log, latest first. */
  'moderate.audit': {
    /** Only entries with a smaller number. */
    before?: number | null;
    /** How many at most. */
    limit: number;
  };
  /** Closes a contest at once. */
  'moderate.endContest': {
    /** The contest. */
    contest: Name;
    /** Why; it goes into the audit log. */
    reason: string;
  };
  /** Ends a duel as void. */
  'moderate.endDuel': {
    /** The duel. */
    duel: Name;
    /** Why; it goes into the audit log. */
    reason: string;
  };
  /** Closes a player's connections and keeps it away for a while. */
  'moderate.kick': {
    /** Whom. */
    player: Name;
    /** Why; it goes into the audit log. */
    reason: string;
    /** For how long; 0 closes the connections only. */
    seconds: number;
  };
  /** Reads a page of a list. */
  'moderate.list': {
    /** Which list. */
    list: ListKind;
    /** Words that a line must have, all of them. */
    find?: string | null;
    /** The `next` of the page before. */
    after?: string | null;
    /** Whether what is decided is listed too. */
    all?: boolean | null;
    /** How many lines at most. */
    limit: number;
  };
  /** Makes this connection a moderator's. */
  'moderate.login': {
    /** The token from `neuronarena admin`. */
    token: string;
  };
  /** Looks at a player. */
  'moderate.look': {
    /** Whom. */
    player: Name;
  };
  /** Stops all clocks of a contest. */
  'moderate.pauseContest': {
    /** The contest. */
    contest: Name;
    /** Why; it goes into the audit log. */
    reason: string;
  };
  /** Takes a player's run off a contest's board; a final board then says that it was changed. */
  'moderate.removeFromContest': {
    /** The contest. */
    contest: Name;
    /** Whose run. */
    player: Name;
    /** Why; it goes into the audit log. */
    reason: string;
  };
  /** Lets all clocks of a contest go on. */
  'moderate.resumeContest': {
    /** The contest. */
    contest: Name;
    /** Why; it goes into the audit log. */
    reason: string;
  };
  /** Undoes an act of the audit log. */
  'moderate.undo': {
    /** The number of the audit entry whose act is undone. */
    entry: number;
    /** Why; it goes into the audit log. */
    reason: string;
    /** Whether only to say what would happen. */
    dryRun?: boolean | null;
  };
  /** Asks for the server's clock. */
  'ping': {
    /** The client's clock; it comes back. */
    clientTime: Time;
  };
  /** Asks for what the player has done here. */
  'profile.get': {};
  /** Plays against a bot instead of waiting on, or at once. */
  'queue.acceptBot': {
    /** A format to practise at once; without it, the bot on offer in the queue. */
    format?: DuelFormat | null;
    /** The campaign to be asked about, of those that `hello` lists; without it, the first one. */
    campaign?: Name;
  };
  /** Plays against the recording on offer in the queue. */
  'queue.acceptGhost': {};
  /** Waits for an opponent. */
  'queue.join': {
    /** What the rounds shall be. */
    format: DuelFormat;
    /** The campaign to be asked about, of those that `hello` lists; without it, the first one. */
    campaign?: Name;
  };
  /** Stops waiting. */
  'queue.leave': {};
  /** Changes the player's name. */
  'rename': {
    /** The new name. */
    name: string;
  };
  /** Tells moderators that something is wrong; five at once, then one in two minutes. */
  'report': {
    /** What: `player/ID`, `duel/ID`, `excerpt/ID`, `explanation/ID`, or a text in a duel as `duel/ID/ROUND/SEAT/ATTEMPT`, counted from 0. */
    about: string;
    /** What is wrong with it. */
    reason: ReportReason;
    /** More about it. */
    note?: string | null;
  };
  /** Changes the player's settings. */
  'settings.set': {
    /** Whether to show explicit texts. */
    showExplicit: boolean;
    /** Whether explanations of a unit are held back in solo play until the player has made a guess; left out or null: as before. */
    hideExplanations?: boolean | null;
  };
  /** Goes back to the unit before; where the player is at another one already, it stays there. */
  'solo.back': {
    /** The unit that the player is at. */
    unit: Unit;
  };
  /** Says that no explanation fits or that the unit has too many meanings, or takes that back. */
  'solo.mark': {
    /** The unit. */
    unit: Unit;
    /** What is said. */
    mark: UnitMark;
  };
  /** Goes on to another unit; where the player is at another one already, it stays there. */
  'solo.next': {
    /** The unit that the player is at. */
    unit: Unit;
  };
  /** Opens the unit that one is at in solo play, or another one. */
  'solo.open': {
    /** The unit; without it, or null, the one that the player is at. */
    unit?: Unit | null;
  };
  /** Submits an explanation in solo play; acknowledged once it is on disk. */
  'solo.submit': {
    /** The unit. */
    unit: Unit;
    /** What it says: one to three meanings joined by `|`. */
    text: string;
  };
  /** Votes on an explanation, or takes a vote back; acknowledged once it is on disk. */
  'solo.vote': {
    /** The unit. */
    unit: Unit;
    /** The explanation. */
    explanation: Name;
    /** The vote. */
    vote: VoteDirection;
  };
  /** Asks for the events of a topic, from where the client was. */
  'subscribe': {
    /** The topic. */
    topic: Topic;
    /** The epoch of the last event that was seen. */
    epoch?: Epoch | null;
    /** The offset of the last event that was seen. */
    offset?: number | null;
    /** Whether the board's own events shall tell one's own place, as `board.own`. */
    own?: boolean | null;
  };
  /** Says where the player is at home, or takes that back. */
  'territory.set': {
    /** The country or region, by ISO 3166; null takes back what was said. */
    territory?: Territory | null;
  };
  /** Asks what each earlier token of a text adds to the unit's activation on one of them, told in parts. */
  'unit.attribute': {
    /** The unit. */
    unit: Unit;
    /** The text, as in `unit.try`. */
    text: string;
    /** The token whose activation is looked into, counted from 0. */
    token: number;
  };
  /** Asks for a unit's page; refused as `sealed` while the unit is in the player's running round. */
  'unit.get': {
    /** The unit. */
    unit: Unit;
  };
  /** Looks for units by the meaning of their explanations, or by words on which they fire. */
  'unit.search': {
    /** What is asked for. */
    query: string;
    /** What units are found by. */
    by: SearchKind;
  };
  /** Reads a text of up to 256 tokens: the unit's activation on each token, told in parts as it is computed. Refused as `sealed` as `unit.get` is. A later text of the connection takes its place, which is then answered with `superseded`. */
  'unit.try': {
    /** The unit. */
    unit: Unit;
    /** The text, as it is; empty only ends what runs. */
    text: string;
  };
  /** Ends the events of a topic. */
  'unsubscribe': {
    /** The topic. */
    topic: Topic;
  };
}

/** What each command is answered with. */
export interface Answers {
  /** The answer to `board.page`. Rows of a board that stand one below the other, all of one version. */
  'board.page': {
    /** The board. */
    board: Board;
    /** The epoch of the version. */
    epoch: Epoch;
    /** The version in which the rows of this board last changed; pages of the same one fit together. */
    version: number;
    /** How many rows the board has. */
    count: number;
    /** The rank of the first row of this page. */
    from: number;
    /** The rows, 200 at most; none where the board has none there, or not the player. */
    entries: BoardEntry[];
  };
  /** The answer to `board.territories`. Where those are at home who stand on a board. */
  'board.territories': {
    /** The board. */
    board: Board;
    /** The countries, or the regions of the board's country; those with the most first. */
    territories: TerritoryCount[];
  };
  /** The answer to `contest.answer`. Whether it was right, and the next question. */
  'contest.answer': {
    /** The question that was answered. */
    question: number;
    /** Whether it was right. */
    right: boolean;
    /** The side that is right. */
    rightSide: Side;
    /** The run after it, with the next question. */
    run: Run;
  };
  /** The answer to `contest.final`. A page of a final board. */
  'contest.final': {
    /** The contest. */
    contest: Name;
    /** What the board is sealed with. */
    seal: ContestSeal;
    /** How many rows the board has. */
    count: number;
    /** The rank of the first row of this page. */
    from: number;
    /** The rows, 500 at most. */
    entries: FinalEntry[];
  };
  /** The answer to `contest.list`. The contests. */
  'contest.list': {
    /** The open one first. */
    contests: ContestSummary[];
  };
  /** The answer to `contest.next`. The run after the command. */
  'contest.next': {
    /** The run as it is now. */
    run: Run;
  };
  /** The answer to `contest.start`. The run, which may have been going on already. */
  'contest.start': {
    /** The run. */
    run: Run;
    /** The units of a quest, which are all open from the start; empty in other kinds. */
    rounds?: RoundView[];
  };
  /** The answer to `contest.submit`. The run after the command. */
  'contest.submit': {
    /** The run as it is now. */
    run: Run;
  };
  /** The answer to `duel.answer`. The answer is on disk. */
  'duel.answer': {
    /** The round. */
    round: number;
    /** Which try of a fire round it was, counted from 1. */
    attempt: number | null;
    /** How many texts may still be tried, in a fire round. */
    triesLeft: number | null;
  };
  /** The answer to `duel.claim`. Nothing to tell but that it is done. */
  'duel.claim': {};
  /** The answer to `duel.invite`. A private duel that waits. */
  'duel.invite': {
    /** The invitation. */
    invite: Invite;
  };
  /** The answer to `duel.join`. A duel that starts. */
  'duel.join': {
    /** Its name: subscribe to `duel/{id}`. */
    duel: Name;
  };
  /** The answer to `duel.ready`. Nothing to tell but that it is done. */
  'duel.ready': {};
  /** The answer to `duel.rematch`. What became of the wish. */
  'duel.rematch': {
    /** Whether the opponent has still to agree. */
    waiting: boolean;
    /** The new duel, if both agree. */
    duel: Name | null;
  };
  /** The answer to `duel.replay`. A page of what happened in a finished duel. */
  'duel.replay': {
    /** The duel. */
    duel: Name;
    /** What its rounds were. */
    format: DuelFormat;
    /** How many rounds the format has. */
    rounds: number;
    /** The two seats. */
    players: [Seat, Seat];
    /** When it was made. */
    startedAt: Time;
    /** When it ended. */
    endedAt: Time;
    /** How many events there are. */
    count: number;
    /** The number of the first event of this page, from 0. */
    from: number;
    /** The events, in order. */
    events: ReplayEvent[];
  };
  /** The answer to `duel.resign`. Nothing to tell but that it is done. */
  'duel.resign': {};
  /** The answer to `hello`. Who you are and where you are. */
  'hello': {
    /** The player of this connection. */
    player: Player;
    /** The new guest's secret, told only this once; null for a known player. */
    secret: string | null;
    /** What this connection may do. */
    role: Role;
    /** The server's clock. */
    serverTime: Time;
    /** The duel that the player is in: subscribe to it. */
    activeDuel: Name | null;
    /** The contest in which the player's clock runs. */
    activeRun: Name | null;
    /** What is played here. */
    campaign: CampaignSummary;
    /** The limits of texts and names. */
    limits: Limits;
    /** What everybody is told at present. */
    notices?: HeldNotice[];
    /** All the campaigns that are open, that one first. */
    campaigns?: CampaignSummary[];
  };
  /** The answer to `moderate.act`. What a moderator's act has changed. */
  'moderate.act': {
    /** Whether nothing was done. */
    dryRun: boolean;
    /** What has changed or would change, a sentence each. */
    changes: string[];
    /** The number of its audit entry; null where nothing was done. */
    entry: number | null;
    /** What undoes it, with `moderate.undo`; null where nothing does. */
    undo: ActKind | null;
  };
  /** The answer to `moderate.audit`. A page of the log. */
  'moderate.audit': {
    /** The entries, the latest first. */
    entries: AuditEntry[];
  };
  /** The answer to `moderate.endContest`. Nothing to tell but that it is done. */
  'moderate.endContest': {};
  /** The answer to `moderate.endDuel`. Nothing to tell but that it is done. */
  'moderate.endDuel': {};
  /** The answer to `moderate.kick`. Nothing to tell but that it is done. */
  'moderate.kick': {};
  /** The answer to `moderate.list`. A page of a moderator's list. */
  'moderate.list': {
    /** Which list. */
    list: ListKind;
    /** The lines. */
    rows: ModerationRow[];
    /** How many there are; of histories, how many wait. */
    total: number;
    /** What the next page is asked for with; null at the end. */
    next: string | null;
  };
  /** The answer to `moderate.login`. The role of this connection. */
  'moderate.login': {
    /** Always `moderator`. */
    role: Role;
    /** The label of the token. */
    label: string;
  };
  /** The answer to `moderate.look`. A player, looked at. */
  'moderate.look': {
    /** The player. */
    player: PlayerLook;
  };
  /** The answer to `moderate.pauseContest`. Nothing to tell but that it is done. */
  'moderate.pauseContest': {};
  /** The answer to `moderate.removeFromContest`. Nothing to tell but that it is done. */
  'moderate.removeFromContest': {};
  /** The answer to `moderate.resumeContest`. Nothing to tell but that it is done. */
  'moderate.resumeContest': {};
  /** The answer to `moderate.undo`. What a moderator's act has changed. */
  'moderate.undo': {
    /** Whether nothing was done. */
    dryRun: boolean;
    /** What has changed or would change, a sentence each. */
    changes: string[];
    /** The number of its audit entry; null where nothing was done. */
    entry: number | null;
    /** What undoes it, with `moderate.undo`; null where nothing does. */
    undo: ActKind | null;
  };
  /** The answer to `ping`. The two clocks. */
  'ping': {
    /** The client's clock, as sent. */
    clientTime: Time;
    /** The server's clock. */
    serverTime: Time;
  };
  /** The answer to `profile.get`. What the player has done here. */
  'profile.get': {
    /** The profile. */
    profile: Profile;
  };
  /** The answer to `queue.acceptBot`. A duel that starts. */
  'queue.acceptBot': {
    /** Its name: subscribe to `duel/{id}`. */
    duel: Name;
  };
  /** The answer to `queue.acceptGhost`. A duel that starts. */
  'queue.acceptGhost': {
    /** Its name: subscribe to `duel/{id}`. */
    duel: Name;
  };
  /** The answer to `queue.join`. The place in the queue. */
  'queue.join': {
    /** The place, counted from 1. */
    position: number;
    /** How many wait for this format, this player included. */
    waiting: number;
  };
  /** The answer to `queue.leave`. Nothing to tell but that it is done. */
  'queue.leave': {};
  /** The answer to `rename`. The player after a change. */
  'rename': {
    /** The player as it is now. */
    player: Player;
  };
  /** The answer to `report`. Nothing to tell but that it is done. */
  'report': {};
  /** The answer to `settings.set`. The player after a change. */
  'settings.set': {
    /** The player as it is now. */
    player: Player;
  };
  /** The answer to `solo.back`. The unit that the player is at. */
  'solo.back': {
    /** The unit. */
    solo: SoloUnit;
  };
  /** The answer to `solo.mark`. The unit after the mark. */
  'solo.mark': {
    /** The unit. */
    solo: SoloUnit;
  };
  /** The answer to `solo.next`. The unit that the player is at. */
  'solo.next': {
    /** The unit. */
    solo: SoloUnit;
  };
  /** The answer to `solo.open`. The unit that the player is at. */
  'solo.open': {
    /** The unit. */
    solo: SoloUnit;
  };
  /** The answer to `solo.submit`. What has become of what was submitted. */
  'solo.submit': {
    /** What has become of it. */
    outcome: SubmitOutcome;
    /** The new explanation, or the one that says the same. */
    explanation: Name;
    /** The unit after it. */
    solo: SoloUnit;
  };
  /** The answer to `solo.vote`. The explanation after the vote. */
  'solo.vote': {
    /** The unit. */
    unit: Unit;
    /** The explanation. */
    explanation: SoloExplanation;
    /** The scores that are left. */
    budget: ScoringBudget;
  };
  /** The answer to `subscribe`. Where the subscription starts. */
  'subscribe': {
    /** The topic. */
    topic: Topic;
    /** Its epoch. */
    epoch: Epoch;
    /** The offset that was asked from, if it was recovered; otherwise that of the snapshot that follows. */
    offset: number;
    /** Whether exactly the missed events follow; otherwise a snapshot does. */
    recovered: boolean;
  };
  /** The answer to `territory.set`. The player after a change. */
  'territory.set': {
    /** The player as it is now. */
    player: Player;
  };
  /** The answer to `unit.attribute`. What earlier tokens add to the activation on one of them. */
  'unit.attribute': {
    /** The token that was asked about. */
    token: number;
    /** The unit's activation there, with the whole text before it. */
    activation: number;
    /** What each token before it adds: the activation less that without the token. */
    adds: number[];
    /** How many texts the player may still try at once. */
    left: number;
  };
  /** The answer to `unit.get`. A unit's page. */
  'unit.get': {
    /** The page. */
    unit: UnitPage;
    /** What texts may be tried on it; null where its model is not at hand, absent from older servers. */
    texts?: TextOffer | null;
    /** Where its public data can be had without a connection; absent from older servers. */
    links?: UnitLinks | null;
  };
  /** The answer to `unit.search`. Units that were found. */
  'unit.search': {
    /** The nearest first. */
    hits: UnitHit[];
    /** Whether all units were looked at: after a start it takes a while until all meanings are known. */
    complete: boolean;
  };
  /** The answer to `unit.try`. A text as the unit has read it. */
  'unit.try': {
    /** All its tokens, with the unit's activation on each. */
    tokens: TokenActivation[];
    /** The activation of full colour, as for the unit's clues. */
    scale: number;
    /** How many texts the player may still try at once. */
    left: number;
  };
  /** The answer to `unsubscribe`. Nothing to tell but that it is done. */
  'unsubscribe': {};
}

/** What a command tells of its answer as it is computed. */
export interface Parts {
  /** A part of the answer to `unit.attribute`. What some tokens add, as it is found; the nearest tokens are told first. */
  'unit.attribute': {
    /** The place of the first one. */
    from: number;
    /** What each adds. */
    adds: number[];
    /** The activation that was asked about. */
    activation: number;
  };
  /** A part of the answer to `unit.try`. Some tokens of the text, as they are read. */
  'unit.try': {
    /** The place of the first one. */
    from: number;
    /** How many tokens the text has. */
    of: number;
    /** The tokens, with the unit's activation on each. */
    tokens: TokenActivation[];
    /** The activation of full colour, as for the unit's clues. */
    scale: number;
  };
}

/** What each event tells. */
export interface Events {
  /** What changed at the top between two versions; a client whose version is not `from` subscribes again. */
  'board.delta': {
    /** The version before. */
    from: number;
    /** The version after; it is also the frame's offset. */
    to: number;
    /** How many are on the whole board. */
    count: number;
    /** The contest as it is now, if it has changed; null otherwise. */
    contest: ContestSummary | null;
    /** The steps, one after the other; they lead exactly to the new top. */
    operations: BoardOperation[];
    /** The stage of a live contest, if it has changed; null otherwise. */
    stage?: ContestStage | null;
    /** What a board is of that is no contest's, if it has changed; null otherwise. */
    standing?: Standing | null;
  };
  /** The subscriber's own place on the board, when it has changed; it is sent with the board. */
  'board.own': {
    /** The board's version; it is also the frame's offset, which it doesn't move on. */
    version: number;
    /** The rank; null for who doesn't stand on the board. */
    rank: number | null;
    /** How many are on the board. */
    of: number;
    /** The rank of the first of `neighbours`; 1 where there are none. */
    firstRank: number;
    /** The rows around, the subscriber's own included. */
    neighbours: BoardEntry[];
  };
  /** The top of the board, and what it is of. */
  'board.snapshot': {
    /** The contest; null on the board of a campaign, of ratings or of a series. */
    contest: ContestSummary | null;
    /** The board's version; it is also the frame's offset. */
    version: number;
    /** How many are on the whole board. */
    count: number;
    /** The top, the first first; 100 at most. */
    entries: BoardEntry[];
    /** What everybody sees beside the board, in a live contest. */
    stage?: ContestStage | null;
    /** What a board is of that is no contest's; null on a contest's. */
    standing?: Standing | null;
  };
  /** The player's own place on a board, when it has changed and on subscribing to the board. */
  'board.you': {
    /** The contest. */
    contest: Name;
    /** The board's version. */
    version: number;
    /** The rank. */
    rank: number;
    /** How many are on the board. */
    of: number;
    /** The rank of the first of `neighbours`. */
    firstRank: number;
    /** The rows around, the player's own included. */
    neighbours: BoardEntry[];
  };
  /** A question of the player's run was answered, here or on another connection, or its time ran out. */
  'contest.judged': {
    /** The contest. */
    contest: Name;
    /** The question. */
    question: number;
    /** What was chosen; null if its time ran out. */
    side: Side | null;
    /** Whether it was right. */
    right: boolean;
    /** The side that is right. */
    rightSide: Side;
    /** The run after it, with the next question. */
    run: Run;
  };
  /** The player's run has changed other than by an answer: started, paused, resumed, over. */
  'contest.run': {
    /** The run. */
    run: Run;
  };
  /** All clocks of the duel were moved, after an outage. */
  'duel.clockMoved': {
    /** By how much. */
    byMilliseconds: number;
    /** When the phase ends now. */
    phaseEndsAt: Time | null;
  };
  /** A moderator has hidden an excerpt of the running round: others have taken its place. */
  'duel.cluesChanged': {
    /** The round as it is shown now. */
    round: RoundView;
  };
  /** The duel is over; no event follows but a change of spectators. */
  'duel.finished': {
    /** The result. */
    result: DuelResult;
  };
  /** What the model made of the player's fire text. */
  'duel.fireResult': {
    /** The duel. */
    duel: Name;
    /** The round. */
    round: number;
    /** The try. */
    result: FireTry;
    /** How many texts may still be tried; a refused one uses up none. */
    triesLeft: number;
  };
  /** What the explanations of a revealed round predict; it follows the reveal once the engine knows. */
  'duel.heat': {
    /** The round. */
    round: number;
    /** The reveal's heat map, now with predictions. */
    heat: Heat;
  };
  /** A seat has answered for good; what it answered is told at the reveal. */
  'duel.lockedIn': {
    /** The round. */
    round: number;
    /** The seat. */
    seat: number;
  };
  /** There is a duel: subscribe to it. */
  'duel.matched': {
    /** Its name. */
    duel: Name;
    /** What its rounds are. */
    format: DuelFormat;
    /** Where the player sits. */
    seat: number;
    /** Whom it plays. */
    opponent: Seat;
    /** When the first round opens. */
    startsAt: Time;
    /** Whether it came from an invitation. */
    private: boolean;
    /** The duel before, if it is a rematch. */
    rematchOf: Name | null;
  };
  /** A player has gone or come back. */
  'duel.presence': {
    /** The seat. */
    seat: number;
    /** Whether it has a connection. */
    connected: boolean;
    /** When the other may claim the duel; null while connected. */
    claimableAt: Time | null;
  };
  /** A seat wants the reveal to end; it ends when both do. */
  'duel.readied': {
    /** The round. */
    round: number;
    /** The seat. */
    seat: number;
  };
  /** The opponent of a finished duel would play again: answer with `duel.rematch`. */
  'duel.rematchOffered': {
    /** The finished duel. */
    duel: Name;
    /** Until when. */
    expiresAt: Time;
  };
  /** The truth of a round. */
  'duel.revealed': {
    /** The truth. */
    reveal: Reveal;
    /** The points so far. */
    totals: [number, number];
    /** When the duel goes on, at the latest. */
    nextAt: Time;
  };
  /** A round is open for answers. */
  'duel.roundStarted': {
    /** The round. */
    round: RoundView;
  };
  /** The score of the player's explanation, before anybody else learns of it. */
  'duel.score': {
    /** The duel. */
    duel: Name;
    /** The round. */
    round: number;
    /** The explanation, white space folded. */
    text: string;
    /** Its score. */
    score: Score;
    /** Whether it is a first score that counts nowhere: the score itself will follow. */
    provisional: boolean;
  };
  /** The round is over and the engine works. */
  'duel.scoring': {
    /** The round. */
    round: number;
    /** Since when. */
    since: Time;
    /** When the round is given up at the latest. */
    until: Time;
  };
  /** The whole duel; sent to one subscriber where missed events can't be told one by one. */
  'duel.snapshot': {
    /** The duel. */
    duel: DuelView;
  };
  /** How many watch has changed; at most once a second. */
  'duel.spectators': {
    /** How many watch. */
    count: number;
  };
  /** The duel was made; the first round opens after a countdown. */
  'duel.started': {
    /** What its rounds are. */
    format: DuelFormat;
    /** How many rounds the format has. */
    rounds: number;
    /** The two seats. */
    players: [Seat, Seat];
    /** When the first round opens. */
    startsAt: Time;
  };
  /** A moderator has hidden or restored what somebody wrote in a revealed round. */
  'duel.textChanged': {
    /** The round, from 1. */
    round: number;
    /** Who wrote it. */
    seat: number;
    /** Which try, from 1. */
    attempt: number;
    /** Whether it is hidden now. */
    hidden: boolean;
    /** The text; empty while it is hidden. */
    text: string;
  };
  /** Whether the player's explanation counts; a refused one may be written again. */
  'duel.writeChecked': {
    /** The duel. */
    duel: Name;
    /** The round. */
    round: number;
    /** The explanation, white space folded. */
    text: string;
    /** Whether it counts. */
    accepted: boolean;
    /** Why not. */
    refused: TextRefusal | null;
    /** Whether it is hidden from others until a moderator has looked at it. */
    hidden?: boolean;
  };
  /** A moderator has closed the player's connections; the socket closes after this. */
  'kicked': {
    /** Why. */
    reason: string;
    /** Until when the player is kept away; null if it may return at once. */
    until: Time | null;
  };
  /** What goes on here; always whole. */
  'lobby.snapshot': {
    /** The lobby. */
    lobby: LobbyView;
  };
  /** All that is private to the player; sent where missed events can't be told one by one. */
  'me.snapshot': {
    /** The player. */
    player: Player;
    /** The duel that it is in. */
    activeDuel: Name | null;
    /** Its place in the queue. */
    queue: QueueStatus | null;
    /** Its open invitation. */
    invite: Invite | null;
    /** Its running run. */
    run: Run | null;
    /** All its runs in contests that are not over. */
    runs?: Run[];
  };
  /** All live sessions, for moderators; always whole. */
  'moderation.snapshot': {
    /** The sessions. */
    moderation: ModerationView;
  };
  /** A sentence for the player. */
  'notice': {
    /** How loudly. */
    level: NoticeLevel;
    /** The sentence. */
    text: string;
  };
  /** What everybody is told at present; always all of it. */
  'notices': {
    /** The notices, the oldest first. */
    notices: HeldNotice[];
  };
  /** The player was changed, here or on another connection. */
  'player.changed': {
    /** The player as it is now. */
    player: Player;
  };
  /** Waiting takes long: a bot would play at once. */
  'queue.botOffered': {
    /** What would be played. */
    format: DuelFormat;
    /** The bot. */
    bot: BotOffer;
  };
  /** Beside the bot, a recorded duel could be played against. */
  'queue.ghostOffered': {
    /** What would be played. */
    format: DuelFormat;
    /** The recording. */
    ghost: GhostOffer;
  };
  /** The player no longer waits. */
  'queue.left': {
    /** What it waited for. */
    format: DuelFormat;
    /** Why. */
    reason: LeaveReason;
  };
  /** The place in the queue, when it was taken and whenever what it says has changed. */
  'queue.waiting': {
    /** The place, with the bot on offer if there is one. */
    queue: QueueStatus;
  };
  /** A duel has moved a rating. */
  'rating.changed': {
    /** Of which format. */
    format: DuelFormat;
    /** By which duel. */
    duel: Name;
    /** Before and after. */
    change: RatingChange;
  };
  /** A text of the player's solo play has got its score. */
  'solo.scored': {
    /** The text. */
    text: SoloText;
    /** The best explanation of the unit by anybody else, where one has a score. */
    best: ExplanationCredit | null;
    /** A sentence that fits it. */
    tip: Tip;
    /** What the unit did on a fresh text, and what the explanation expects there. */
    heat: Heat | null;
    /** The scores that are left. */
    budget: ScoringBudget;
  };
}

/** The topics that can be followed. */
export type TopicName = 'lobby' | 'me' | 'moderation' | `board/${string}` | `duel/${string}`;

/** The events of each topic. */
export interface TopicEvents {
  lobby:
    | 'lobby.snapshot';
  me:
    | 'board.you'
    | 'contest.judged'
    | 'contest.run'
    | 'duel.fireResult'
    | 'duel.matched'
    | 'duel.rematchOffered'
    | 'duel.score'
    | 'duel.writeChecked'
    | 'kicked'
    | 'me.snapshot'
    | 'notice'
    | 'notices'
    | 'player.changed'
    | 'queue.botOffered'
    | 'queue.ghostOffered'
    | 'queue.left'
    | 'queue.waiting'
    | 'rating.changed'
    | 'solo.scored';
  moderation:
    | 'moderation.snapshot';
  [topic: `board/${string}`]:
    | 'board.delta'
    | 'board.own'
    | 'board.snapshot';
  [topic: `duel/${string}`]:
    | 'duel.clockMoved'
    | 'duel.cluesChanged'
    | 'duel.finished'
    | 'duel.heat'
    | 'duel.lockedIn'
    | 'duel.presence'
    | 'duel.readied'
    | 'duel.revealed'
    | 'duel.roundStarted'
    | 'duel.scoring'
    | 'duel.snapshot'
    | 'duel.spectators'
    | 'duel.started'
    | 'duel.textChanged';
}

/** An event of a topic that is named in full. */
export type EventFrame<Name extends keyof Events, Topic extends string> = {
  [One in Name]: {
    type: One, topic: Topic, epoch: Epoch, offset: Offset, at: Time, data: Events[One],
  };
}[Name];

/** An event of some topic; a later server may send types that are not named here. */
export interface AnyEvent {
  type: string;
  topic: string;
  epoch: Epoch;
  offset: Offset;
  at: Time;
  data: any;
}

/** The events of a topic; any of one whose name is only known at run time, or not known here. */
export type EventOf<Topic extends string> = Topic extends TopicName
  ? { [Pattern in TopicName]: Topic extends Pattern ? EventFrame<TopicEvents[Pattern], Topic> : never }[TopicName]
  : AnyEvent;

/** What a command takes; anything for one that is not named here. */
export type CommandData<Type extends string> = Type extends keyof Commands ? Commands[Type] : any;

/** What a command tells of its answer before it; nothing for most. */
export type PartData<Type extends string> = Type extends keyof Parts ? Parts[Type] : any;

/** What a command is answered with. */
export type AnswerData<Type extends string> = Type extends keyof Answers ? Answers[Type] : any;
