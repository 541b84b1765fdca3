//! The message with a checkpoint.
use super::plan::Plan;
use super::trouble::CheckpointTrouble;
use super::write::Written;
use crate::domain::org::Org;
use crate::engine::worker::Post;
use crate::mail::{self, Content, Letter, LetterId, MailError, Postmark};
use crate::outside::Outside;

/// Mails a checkpoint that was written just now, if that is wanted. It is tried once: the file is there.
///
/// # Errors
/// When it could not be mailed.
pub fn mail_checkpoint(
    plan: &Plan,
    org: &Org,
    outside: &Outside,
    post: &Post,
    written: &Written,
) -> Result<(), CheckpointTrouble> {
    let (Some(to), Some(note)) = (&plan.mail, &written.fresh) else { return Ok(()) };
    let checkpoint = &written.checkpoint;
    let content = mail::Checkpoint {
        organization: org.organization().map(|row| row.name.as_str().into()).unwrap_or_default(),
        seq: checkpoint.seq,
        at: checkpoint.at,
        note: note.clone(),
        key: written.key.to_string(),
    };
    let letter = Letter { to: to.as_str().into(), name: None, content: Content::Checkpoint(content) };
    let send = || -> Result<mail::Sent, MailError> {
        let postmark = Postmark { sender: post.mailer.sender(), now: outside.now(), random: outside.bytes() };
        let number = u32::try_from(checkpoint.seq).unwrap_or(u32::MAX);
        post.mailer.send(&LetterId::new(checkpoint.organization.uuid(), number), &letter.write(&postmark)?)
    };
    match send() {
        Ok(_) => Ok(()),
        Err(why) => Err(CheckpointTrouble::Mail { path: written.path.clone(), why }),
    }
}
