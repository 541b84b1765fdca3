//! rolodeck: a terminal dashboard in which a treasury administrator decides who may touch the money.
//!
//! # Architecture
//!
//! The whole organization is one immutable value, [`domain::org::Org`]: persistent maps whose copies share what did
//! not change. Screens and questions read an `Arc<Org>`; every question is a pure function without I/O. Every change
//! is one [`command::Command`]. A command gets a copy and changes it, and the mechanical *difference* of the two
//! values ([`domain::row::Difference`]) is what is stored, in the same transaction as its entry in the log.
//!
//! | layer | what it holds | may use |
//! |---|---|---|
//! | [`domain`] | pure values and rules | nothing above it |
//! | [`command`] | the enum of every change, one file for each family; proposals and who may approve them | `domain` |
//! | [`disk`] | private files and folders; files that are there whole or not at all | nothing |
//! | [`mail`] | letters, the drop folder, SMTP | `domain`, `disk` |
//! | [`ledger`] | the store, [`ledger::run::run`] (the only door), sign-in | `domain`, `command`, `disk` |
//! | [`engine`] | the thread that owns the writing connection; set-up; delivery of mail; checkpoints | all of the above |
//! | [`tui`], [`cli`] | screens and subcommands | all of the above |
//!
//! [`outside`] (clock and randomness) is built once, in `main`, and handed down; [`settings`] reads the settings file.
//!
//! ## One change
//!
//! A key finds a binding of the screen, which first asks [`domain::access::decide`]: a denied key stays visible and
//! says what is missing and who could grant it. The binding makes a command, the engine runs it:
//!
//! 1. `BEGIN IMMEDIATE`, then the entries that other processes appended are applied.
//! 2. *Authorise*: who may run this kind of command, and what it `requires` of the actor's active role.
//! 3. *Try*: `apply` on a copy. A command carries every id and time that it needs, so trying twice is the same.
//! 4. *Rules on the difference*, once for all commands (`command::check_rules`): founding facts are fixed, there is
//!    always an active Owner, nobody widens their own access, nobody hands out administration that they lack, and
//!    nobody's requests would wait for ever.
//! 5. *Four eyes*: in a guarded area the command becomes a change request, a row that holds it until it is decided.
//! 6. The difference becomes one entry and its rows, in one transaction; then every screen gets the new value.
//!    A refusal is an entry too.
//!
//! ## Invariants
//!
//! - The tables equal the fold of the log, in every column: `Store::verify` checks it, and a property test after any
//!   sequence.
//! - Only `ledger` can write ([`ledger::store::Writing`]'s methods) or make a [`ledger::actor::Session`]: both are
//!   private to it, so that the compiler holds it.
//! - No I/O, clock or randomness in `domain` and `command`. `rusqlite` only in `ledger::store`, `crossterm` only in
//!   `tui::terminal`, `tokio` only in `tui::terminal` and `cli::dashboard`. A test reads the sources and holds this.
//! - A secret travels beside a command ([`ledger::secrets::Secrets`]), never in it. The organization's value holds its
//!   digest, so that log and verification notice a swap; the secret itself is in a table of its own.
//! - Text that was typed or loaded becomes visible through [`domain::text::Shown`] before anybody sees it.
//! - A name, an address, a scope that exists as a value is valid: parsing happens at the edge.
//!
//! ## The log
//!
//! An entry is a *header* (number, time, ids, name of the command, outcome; no names) and *bodies* (the command, the
//! refusal, facts about the session, each row as it is afterwards), each with a salt, a kind and a version. The chain
//! covers header, previous hash, and versions and hashes of the bodies, always over the stored bytes. "Before" is the
//! previous body of the same row. Order is the number; the time is never before that of the entry before.
//!
//! Sign-ins are entries without rows. Wrong tries at a known address are entries, bounded by the pause after five,
//! and so is typing the current passphrase in order to change it; tries at unknown addresses and with codes that open
//! nothing share one entry an hour, with their count.
//!
//! A *checkpoint* is what somebody outside keeps in order to hold it against the log later: the newest entry's number
//! and hash and a digest of every row, signed with the organization's ed25519 key in the text forms that C2SP calls
//! signed note and tlog-checkpoint ([`ledger::note`]). The private key is a file of its own beside the organization's,
//! readable by its owner alone; it is made from [`outside`]'s randomness when it is first needed, never replaced, and
//! its public half lies with the checkpoints. The engine signs when a day (of UTC) on which something happened is over,
//! at the latest when the program is next open, into a folder that the settings name and somebody else looks after
//! ([`engine::checkpoint`]). It never creates that folder, never writes over a file in it, and signs nothing that
//! contradicts the newest checkpoint there.
//!
//! Whoever was removed can be blanked: their name and address go, and the chain still verifies. The entry that does it
//! says in bodies of the kind `redaction` which older bodies it changed, each with the hash that fitted before and the one
//! that fits now; the table `redaction` repeats that, and a trigger lets nothing but salt and content of a body change,
//! and only of one that the newest entry names. A body is valid when it fits its own hash, which never changes, or the
//! newest redaction. The salt is drawn anew, so that the hash that stays confirms no guess. In rows and commands about the
//! person, name and address are replaced where they stand; in sentences (reasons, refusals, what approvers were shown) the
//! full name as a whole word, and the address in any case ([`domain::erasure`]). Ids, roles and times stay, so the log
//! still folds at every entry.
//!
//! That this is all that an erasure changed need not be believed. The hash of a body is made of two: that of its *frame*
//! ([`domain::erasure::frame()`]: the content with every text emptied that blanking may touch) and an *inner* one of salt
//! and content. The redaction names the inner hash of what the body said first, whatever was blanked in between; verifying
//! takes the frame from what is left, and both must make the hash that the chain has held all the time. So neither an
//! entry that calls itself an erasure nor whoever computes the end of the log anew can give a role other permissions in
//! the past, and a checkpoint from before holds that for good. Rows of things have no text that may be blanked. Bodies of
//! version 1 were written before there were frames, and what was blanked of them is believed the entry; which version a
//! body is of is part of its entry's hash, so that nobody passes a newer one off as such.
//!
//! *Verifying* ([`ledger::store::examine`], `rolodeck audit verify`) believes nothing that stands in the file and writes
//! nothing. It proves that every hash fits the stored bytes, that numbers have no gaps and times never go back, that
//! every column of every table is what the log leads to, that secrets fit their digests, that exactly those bodies were
//! blanked of which an erasure says so, and nothing but texts about people in them, and that rows beside the log (messages, failed sign-ins) fit the digest that each
//! carries, which notices damage and not intent. It names the first bad entry and, in a word, what was done to it. From
//! the file alone it cannot prove that the file is the newest and the true one: whoever can write it can put an older
//! copy back, cut the end off with all that it changed, or compute all of it anew. A signed checkpoint that is kept
//! where they cannot write proves everything up to its entry. Nothing is proved against whoever has the private key,
//! the file and the checkpoints; and never, whether what was done was right.
//!
//! ## Any day
//!
//! Since a row's body is written with every change of it, the organization at an entry is the newest body of each row up
//! to it: one pass over an index and a body for each row, whatever the length of the log ([`ledger::store::Store::org_at`]).
//! Replaying the log is the other way to the same value, and a property test compares both with copies kept aside. The
//! engine keeps the last few states. The screens show one of them in place of the present: `tui::scene::Scene::org` is
//! what is shown, `present()` what is.
//!
//! ## The trail
//!
//! The audit trail is the one thing that is paged from the file, by number and never by counting rows
//! ([`ledger::query`]). A page takes a bounded number of steps, whatever is looked for and however long the log is, and
//! says where to go on; the screen asks again until it is full. Conditions with an index (user, command, outcome, row)
//! are rows of numbers that the search leaps along; the others and words are looked at entry by entry. Words are
//! compared with what the reader may see, so that a search confirms no hidden address. The engine decides again who may
//! read, and sends entries that are already told ([`ledger::telling`]).
//!
//! ## Mail
//!
//! The outbox is filled from the difference: an invitation that is new or was asked for again waits there. One process
//! at a time sends (an operating system lock beside the file). A code is drawn when its message is written: the system
//! command `draw_code` stores its hash and raises the invitation's message number, then the message leaves, then it is
//! marked as sent. After a crash in between, a message that lies in the drop folder under the newest number is the
//! right one and is not written twice; a mail server may get a second message, and only the newest code works.
//!
//! # Decisions
//!
//! Where the documentation that rolodeck mirrors is silent or contradicts itself:
//!
//! 1. **Who may approve a change request**: another person than the requester and the subject, whose active role has
//!    `organizations:update` and what the command itself needs, and who proved who they are within five minutes. The
//!    rules of decision 8 hold for the approver as for the requester: nobody approves what widens their own access or
//!    hands out what they lack. The time that counts is the entry's, not one that the decision brings along. All of it
//!    is asked at the moment of approval, also of the requester. A request that
//!    nobody could approve is refused when it is filed. Saying no needs `organizations:update` alone, and cannot be
//!    done by the requester (who withdraws) or the subject. There is no approving of several at once.
//! 2. **Simple setup** stores the ticked groups; the permissions are their union. Taking a tick away keeps what another
//!    ticked group gives. Basic Access starts ticked; taking it away warns.
//! 3. **Advanced setup** is the matrix of the 51 resources by four levels. A level that is offered nowhere is *not
//!    available*, which is not *off*. Going from Simple to Advanced keeps the permissions; the way back is open only
//!    when they equal a union of groups.
//! 4. **ERP access** has no table in the documentation: here it is everything in Read Financial Data plus
//!    `credit_transfers:create` and `direct_debits:create`, and is labelled as derived.
//! 5. **Select accounts** comes when a chosen permission is account-scoped, as the catalogue marks it. `accounts` and
//!    `entities` alone do not trigger it, but obey a scope that was chosen.
//! 6. A chosen entity includes its later accounts and its child entities; a chosen account does not widen. A scope that
//!    became empty grants nothing and never turns into "all".
//! 7. **Access is per role**: one is active in a session. Two roles never mix into the product of both scopes.
//! 8. **No escalation**: only an Owner makes an Owner. Nobody widens their own access: measured over all roles that a
//!    person holds, for the organization, for later entities, and for every entity and every account, ignored or not,
//!    that exists before and after. Administration (everything in Sensitive admin operations and Set up programmatic
//!    access) can be put into a role, assigned, invited with, invited again with or reactivated only by somebody whose
//!    active role has it; for creating and changing entities and accounts, only where that role reaches. The same holds
//!    for what a role comes to administer because an entity or account is moved, and for looking at an invitation's
//!    code. Financial permissions can be given by whoever may manage roles and users.
//! 9. **Last Owner**: there is always at least one active Owner. Ownership is transferred by giving the successor the
//!    Owner role and then, if wanted, taking the old one away.
//! 10. **Deadlock**: after every change, for every area in force and every permission that its requests can need, an
//!     ordinary request of every person can be approved by somebody else (`command::deadlock`). A change that would
//!     break this, and enabling an area where it does not hold, is refused and names who lacks what. A deactivation is
//!     never held up, and what it leaves broken does not hold up other changes.
//! 11. **Four-eyes areas**: each command names what guards it ([`command::Guard`]). Deactivating a user is always
//!     immediate: others are told. Four-eyes itself is guarded from the first time that it was switched on, whatever is
//!     on now, until the glass is broken.
//! 12. **Staleness**: a request keeps the digest of its effect ([`domain::effect`]): the fields that differ, by ids, and
//!     who gains or loses which permission where. It can be approved while trying it now gives the same digest, and an
//!     approval names the digest that was on the screen. Fields that nobody is shown (message numbers, who saw a code)
//!     do not count; a test lists them. A request also keeps, in words, what its approver was shown, so that a stale one
//!     says what moved and a decided one what was approved. Filing again keeps its number and its command; what the
//!     command makes is then valid from that moment.
//! 13. **Addresses** are kept as typed and compared after trimming, NFKC, IDNA and case folding. One person, one
//!     address, across users and open invitations. Look-alikes and `+tag` warn, and users with one mailbox count
//!     as one pair of eyes until a third person declares them to be two; control and bidirectional characters
//!     are refused.
//! 14. **Deciding**: status first, then the active role, then the permission, then the scope. Unknown names are a denial
//!     with a reason. No permission implies another.
//! 15. **The recovery code** is shown once at set-up; only its hash is kept. `rolodeck recover` can switch four-eyes off
//!     or give an Owner a new passphrase, and nothing else. The code is used up by that: a new one is drawn and shown.
//!     Every screen says so until an Owner takes note, another one than was named if there is one. Renewing the code is
//!     decided like a change of four-eyes itself, whatever areas are on, since whoever has it can switch four-eyes off;
//!     drawing it comes after, since no request carries a secret.
//! 16. **What each command needs** is said by `requires` and written down in `tests/it/matrix.txt`. Looking at an
//!     invitation's code in the drop folder needs what resending it needs.
//! 17. **Threat model**: rolodeck guards what is done through it. Whoever can write the file can change it with another
//!     tool; that is detected, not prevented. The command line asks for sign-in as the screens do.
//!
//! Decisions that came with the code:
//!
//! - A change request is a row of the organization and holds its command, so that everything about it is a question to
//!   the value alone. The entry that files it does not say the command a second time; when it is decided, the command
//!   leaves the row and stays in the log. Approving is a command whose `apply` does the other one: what was approved and
//!   that it was approved are one difference, one entry, one transaction.
//! - A user's address is proved anew by a code that a mail server carried (My account); what lies in the drop folder
//!   proves nothing, because others can read it.
//! - Access is decided on the value itself, without a derived index: a role's permissions are a mask of 256 bits and a
//!   scope is checked along the entity's ancestry, which costs less than keeping an index right.
//! - The terminal is read by a thread of its own, not by crossterm's event stream: that one keeps a core busy for ever
//!   when the terminal is closed under it.
//! - A move brings places into the reach of roles, so whoever moves needs, there, the administration that these roles
//!   would gain there. An acceptance names the code that was typed, so that a resend in between ends it.
//! - An invitation whose message could not leave before it expired is not sent; resending gives it a new code and time.
//! - Closed invitations leave the value (the log keeps them); users and roles are marked and stay. A deleted role
//!   reaches nothing. An entity that a role's scope names cannot be removed before it is taken out of the scope.
//! - A backup is a copy as one commit left it, checked before it appears under its name, and never over another file.
//!   What is put back is a private copy that was checked; it takes the place of the content of the file, not of the file,
//!   in one transaction, so that whoever has it open notices: its log no longer has the entry that they read last. They
//!   open it again, and everybody signs in anew. That a backup was put back, and in the place of what, is its next entry
//!   and appears with it. What was replaced is kept beside it. Neither asks for a sign-in (decision 17), and a sample and
//!   a real organization, or two organizations, never take each other's place.
//! - After a backup was put back, messages that left since it was taken leave again with new codes. A letter in the drop
//!   folder under a number that is only drawn next is such a one: it is renamed, since its code opens nothing.
//! - An account's identifier is unique together with its currency: banks give one IBAN to accounts in many currencies.
//! - Signing a checkpoint is no entry: an entry is something that happened, so that each would ask for the next one and
//!   no day would be quiet. The folder is the record of what was signed. A sample is never signed.
//! - `rolodeck audit checkpoint` asks for no sign-in: it shows no names, and whoever can run it can read the private key
//!   beside the file anyway. A key that was lost is not replaced by itself where the folder knows it: a new one needs a
//!   new folder, so that whoever checks hears of it.
//! - **An import** is one command, all or nothing: what its lines would make was judged before ([`domain::import`]), and
//!   what was asked about is what is imported. In a file a name means one entity, whatever the order of its lines; an
//!   empty parent says nothing, and an import moves nothing. A line that is refused neither makes its entity nor takes an
//!   identifier or address from the lines behind it, except that of two lines about one account the first one counts.
//!   Importing needs for every line what doing it singly needs; without `--skip-refused` one refused line stops all.
//! - An export of the trail covers the entries up to the newest one before its own. It is written under a name that
//!   nobody sees, then the command `export_trail` notes who took which entries in which form, with the SHA-256 of what
//!   was written, and only then the file gets its name, or the first byte goes to standard output: whatever was taken is
//!   noted, what is refused leaves no file, and no file is replaced. Whoever may not see the members gets no addresses:
//!   in JSON Lines a part that holds some is there by its hash alone, without its salt, so that the chain can be checked
//!   and addresses cannot be tried against it. How to check is said in `ledger/export/jsonl.rs`; canonical means what
//!   Python's `json.dumps(value, sort_keys=True, separators=(",", ":"))` writes. Names in the table and the report are
//!   those of the moment of the export; JSON Lines names nobody but by id, so that it stays the same.
//! - Cells of the table get an apostrophe before everything that a spreadsheet might run, also after a semicolon, where
//!   some would cut the cell.
//! - **Erasing a person** needs what removing needs, is guarded like it, and comes after it: the person was removed, no
//!   other account or invitation has the mailbox, and no change request that can still be decided names them. The log
//!   knows more than the value does: earlier names, what inviters called the person, what was typed with the
//!   invitation's code, every spelling of the address. All of it goes, in one transaction with the entry. Somebody else of
//!   the same name keeps their own rows; in a sentence nobody can tell the two apart, and both are blanked there. What
//!   others called the person is left in sentences when somebody or something else is called that: whoever invites must
//!   not choose what the log forgets. Names of roles, entities and accounts are names of things and stay. The digest of
//!   what an approver was shown goes with the words, since it would confirm a guess. Afterwards the file is written anew
//!   (SQLite zeroes what it deletes, but leaves copies where pages were split), the WAL is emptied, and messages to the
//!   person leave the drop folder; what cannot be done at once is tried again with the next change. Backups, exports and
//!   mail that left are out of reach.
//! - **The hash of a body has two parts** because one that covers everything at once leaves whoever verifies nothing to
//!   compute after an erasure: any content would be as good as any other, and the entry that names it would have to be
//!   believed. Hashing the texts one by one, each with a salt, would prove as much with many more bytes; leaving them out
//!   of the hash would let everybody change them. Which text stands in the place of an emptied one is open in
//!   sentences, and in the name of somebody's second account; in the other rows of people it can only be what stands for
//!   somebody erased.
//! - **Undo** is a command of other commands, all or none ([`command::Undo`]), made from the rows that an entry changed as
//!   they were before: it needs what each step needs, is guarded as the strictest of them, and obeys every rule on what
//!   all of them change together. Steps are only what a person could run by themselves. Where the entry's rows are no
//!   longer as it left them, undoing is refused. The last change is the newest entry of that user that changed rows and
//!   that no undoing of theirs took back; an undoing is not one, so that doing it again goes further back, and there is no
//!   redoing. An account that was made is ignored, and an entity with one stays; a deleted role comes back as a new one of
//!   the same name. A request that waits is withdrawn.
//! - **What was being made** when a signal or a closed terminal ended the program (today: a role in the wizard) is kept in
//!   the state directory, for its owner's eyes alone, and offered to the same user of the same organization after the
//!   next sign-in (`tui::unfinished`). A draft is no change to the organization and never goes through the ledger.
//! - **Plain mode** reads the screens back ([`tui::plain`]): the top layer is drawn into a page that nobody sees, with a
//!   theme whose styles are numbers (a row that can be chosen, a place to type, a button), and what was read is printed
//!   as lines. Its symbols are private-use characters, which no text of others can contain, and are printed as words. A
//!   number is the click on what has it, so whatever can be chosen must also be clickable; a new screen needs no more.
//! - **Users are found** in one text that holds what all of them say (`tui::screen::users`), worked out in slices after
//!   every change, so that a letter of the filter is one search through memory. A slice is what a key may wait for, about
//!   two milliseconds, and is drawn only where it shows (`tui::layer::Work`). What the program was started with is read
//!   beside the screen, after a first frame that says so (`tui::dialog`); in plain mode, and where there is no terminal,
//!   a file of less than 16 MB is read first, so that what is wrong with it is the first thing that is said.
//! - **Going somewhere to look** (the palette, what uses a thing, the first screen's lines) leaves what is open where it
//!   is, drafts too: Esc comes back to it, row and filter included (`tui::app::travel`). A digit of the navigation goes for
//!   good. What was typed into the palette is kept as long as the program runs and never written: names are in it.
//! - **The terminal's background** is asked for after the first frame (OSC 11) and nothing waits for the answer: it is
//!   found among the keys (`tui::terminal`). Light and dark keep the terminal's background; the themes whose colours
//!   need a certain one paint it. A terminal of sixteen colours keeps its own.
//! - **Keys** are changed by screen and label, as the last line shows them, so that a binding needs no name of its own.
//!   What would mean two things is refused at the start with both names (`tui::keymap`).
//! - **Copying** (`y`) offers what there is to copy of a thing; a row goes with tabs between its cells, as a spreadsheet
//!   takes it. Behind tmux the text is sent twice, as it is and wrapped, since either may be what it lets through. What is
//!   too long for a terminal is said and not copied (`tui::acts`).
//! - **Whoever holds a key** goes through a list faster than anybody reads. What is told beside the list then stays as it
//!   was, and nothing is asked for it, until no key has come for a moment (`tui::terminal`, `tui::widget::still`). The
//!   same moment decides that somebody waits, and only then the last line says so.
//! - **At rest** nothing is sent: times are told in minutes and more, and drawn again every ten seconds; a frame without
//!   a changed cell is dropped before the terminal (`tui::app::news`, `tui::terminal`).
//! - **Many people are read fast** because most names and addresses need no closer look than at their bytes, because the
//!   index of addresses is filled in its own order ([`domain::org::Taken`]) while another thread puts the rows into
//!   their places, and because many texts are sorted eight bytes at a time ([`domain::text::sorted`]).
//! - **A lock that cannot be given back** stays with the connection, and SQLite lets everybody else wait ten seconds for
//!   it, each time. The connection is left for another one then, once, and the request goes on (`ledger::store`).
//! - A sample differs from a real organization in its row and in the file's `application_id`; no command changes either.
//! - **Another day** is read-only, and seen with the rights of today: who may look, and at what, is decided by the present
//!   organization and the present active role. What was there then and is gone is seen by roles that reach everything.
//!   What was never in the log (how far a message had come) is not shown of another day, and change requests, the audit
//!   trail and one's own account are always those of the present. When a person is erased, the past that names them is
//!   closed.
//! - A day stands for its end, so that "on 31 December" means after everything of that day; a time that clocks showed
//!   twice is the second one, and one that they skipped is as long after. Each answer says which was taken, in which
//!   zone, and which entry it stands for. The zone is that of the settings, UTC without any, from the database inside
//!   the program, so that one question has one answer on every machine. A typed period takes its days whole, and the
//!   longer stretch where clocks were turned ([`domain::moment`]). People read every time in that zone ([`tui::when`],
//!   tables and reports that are exported); what the log and the requests hold stays as it is stored, in UTC.
//! - The checklist of the first screen ([`domain::overview`]) is worked out from the organization and the checkpoints, and
//!   nothing about it is stored. Somebody has to administer, so a role with all of Sensitive admin operations is least
//!   privilege as long as it neither creates nor approves payments; any other serious finding keeps the line open. What
//!   no program can see (leavers, phishing) is advice and never ticked.
//! - Who holds a permission on an account ([`domain::holders`]) is a person with one role, and by what that role reaches
//!   the account: an ignored account is reached by nobody, and whoever is deactivated holds nothing but is told about
//!   when asked for by name.
pub mod cli;
pub mod command;
pub mod disk;
pub mod domain;
pub mod engine;
pub mod ledger;
pub mod mail;
pub mod outside;
pub mod settings;
pub mod tui;
