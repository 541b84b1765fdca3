//! What an entry did to a change request, in words: who asked, what waits, who decided and why.
use serde_json::Value;

use super::change::{person, role, shown_once};
use crate::domain::access::Person;
use crate::domain::change_request::{ChangeRequest, RequestState};
use crate::domain::effect::Line;
use crate::domain::org::Org;
use crate::ledger::entry::time_text;
use crate::ledger::story::Change;

/// Line by line; none when it is not about a change request, or about one that cannot be read.
pub fn told(org: &Org, change: &Change) -> Option<Vec<String>> {
    if change.kind.as_ref() != "change_request" {
        return None;
    }
    let read = |value: &Value| serde_json::from_value::<ChangeRequest>(value.clone()).ok();
    let request = read(change.after.as_ref()?)?;
    let asked = || format!("“{}”, asked for by {} at {}", summary(&request), who(org, request.by), at(&request));
    Some(match &request.state {
        RequestState::Pending => waiting(&request, change.before.is_some()),
        RequestState::Applied { code_seen, .. } => {
            let mut lines = vec![format!("approves {}", asked())];
            if *code_seen {
                lines.push("the requester had looked at the approver's invitation code".into());
            }
            lines
        }
        RequestState::Rejected { reason, .. } => {
            vec![format!("rejects {}", asked()), format!("reason: {reason}")]
        }
        RequestState::Withdrawn { .. } => vec![format!("withdraws {}", asked())],
    })
}

/// What waits, and what it would do.
fn waiting(request: &ChangeRequest, again: bool) -> Vec<String> {
    let verb = if again { "asks again for" } else { "asks for" };
    let (until, area) = (time_text(request.expires), request.area.name());
    let mut lines = vec![format!("{verb} “{}”; a second person decides until {until}, area {area}", summary(request))];
    lines.extend(request.told.lines.iter().map(|line| format!("would change {}", in_words(line))));
    lines.extend(request.told.access.iter().map(|sentence| shown_once(sentence)));
    if request.told.more > 0 {
        lines.push(format!("and {} more lines, which are not kept here", request.told.more));
    }
    lines
}

fn in_words(line: &Line) -> String {
    let side = |side: &Option<String>| side.as_deref().map_or_else(|| "nothing".into(), shown_once);
    let (subject, field) = (shown_once(&line.subject), shown_once(&line.field));
    format!("{subject}, {field}: {} -> {}", side(&line.before), side(&line.after))
}

fn summary(request: &ChangeRequest) -> String {
    shown_once(&request.summary)
}

fn at(request: &ChangeRequest) -> String {
    time_text(request.filed)
}

fn who(org: &Org, by: Person) -> String {
    format!("{} ({})", person(org, by.user), role(org, by.role))
}
