//! Proving that an address is one's own, by a code that goes there.
use jiff::Timestamp;

use super::request::{Reply, Trouble};
use super::worker::Post;
use crate::command::ProveAddress;
use crate::domain::address::EmailAddress;
use crate::domain::id::UserId;
use crate::domain::name::PersonName;
use crate::domain::refusal::Refusal;
use crate::domain::user::User;
use crate::domain::verification::Verification;
use crate::ledger::secrets::{Secret, sha256};
use crate::mail::{Code, Content, Letter, LetterId, Postmark, Route, Verification as VerificationLetter};
use crate::outside::Outside;

/// A user who asked for a code to prove their address with. It is nowhere but in memory.
pub(super) struct Proving {
    user: UserId,
    verification: Verification,
}

impl Proving {
    /// Sends a code to the user's address. It proves something only when it leaves through a mail server: what lies in
    /// the drop folder can be read by others.
    pub(super) fn begin(outside: &Outside, post: &Post, user: &User) -> Result<(Self, Reply), Trouble> {
        let route = post.mailer.describe();
        if matches!(route, Route::Folder(_)) {
            return Err(
                Refusal::Verification("Messages go to the drop folder here, where others can read them.").into()
            );
        }
        let letter = LetterId::new(UserId::new(outside.now(), &outside.seed()).uuid(), 1);
        let verification = send_code(outside, post, &letter, &user.name, &user.address)?;
        let proving = Self { user: user.id, verification };
        Ok((proving, Reply::CodeSent { readable: false, route: route.to_string() }))
    }

    /// The command that notes the proof, when the typed code is right.
    pub(super) fn check(&mut self, user: UserId, code: &Secret, now: Timestamp) -> Result<ProveAddress, Trouble> {
        if self.user != user {
            return Err(Refusal::Verification("This code was sent to somebody else.").into());
        }
        self.verification.check(sha256(code.bytes()), now)?;
        Ok(ProveAddress { user, at: now })
    }
}

/// Sends a message with six digits.
pub(super) fn send_code(
    outside: &Outside,
    post: &Post,
    letter: &LetterId,
    name: &PersonName,
    address: &EmailAddress,
) -> Result<Verification, Trouble> {
    let number = u64::from_le_bytes(outside.bytes()) % 1_000_000;
    let code = Secret::from(format!("{number:06}").as_str());
    let now = outside.now();
    let verification = Verification::new(sha256(code.bytes()), now);
    let content = VerificationLetter {
        code: Code::new(String::from_utf8_lossy(code.bytes()).into_owned())?,
        until: verification.expires(),
    };
    let message = Letter {
        to: address.as_str().into(),
        name: Some(name.as_str().into()),
        content: Content::Verification(content),
    };
    let postmark = Postmark { sender: post.mailer.sender(), now, random: outside.bytes() };
    post.mailer.send(letter, &message.write(&postmark)?)?;
    Ok(verification)
}
