//! What commands and events are called when people read of them.
use std::borrow::Cow;

/// Every command and event that the log knows, by its stored name, and what it is called.
pub const KINDS: [(&str, &str); 50] = [
    ("found", "Found the organization"),
    ("edit_organization", "Edit the organization"),
    ("create_role", "Create role"),
    ("edit_role", "Edit role"),
    ("rename_role", "Rename role"),
    ("delete_role", "Delete role"),
    ("invite_users", "Invite users"),
    ("import_invitations", "Import invitations"),
    ("resend_invitations", "Resend invitations"),
    ("revoke_invitations", "Revoke invitations"),
    ("look_at_code", "Look at an invitation's code"),
    ("draw_code", "Draw an invitation's code"),
    ("accept_invitation", "Accept invitation"),
    ("assign_roles", "Assign roles"),
    ("take_away_roles", "Take away roles"),
    ("deactivate_user", "Deactivate user"),
    ("reactivate_user", "Reactivate user"),
    ("remove_user", "Remove user"),
    ("erase_person", "Erase person"),
    ("change_passphrase", "Change passphrase"),
    ("tell_apart", "Tell users apart"),
    ("prove_address", "Prove address"),
    ("change_four_eyes", "Change four-eyes"),
    ("approve_request", "Approve"),
    ("reject_request", "Reject"),
    ("withdraw_request", "Withdraw"),
    ("file_again", "File again"),
    ("renew_recovery_code", "Renew recovery code"),
    ("draw_recovery_code", "Draw recovery code"),
    ("switch_four_eyes_off", "Switch four-eyes off"),
    ("reset_owner", "Reset an Owner's passphrase"),
    ("take_note", "Take note of the recovery code's use"),
    ("create_entity", "Create entity"),
    ("rename_entity", "Rename entity"),
    ("move_entity", "Move entity"),
    ("remove_entity", "Remove entity"),
    ("provision_account", "Provision account"),
    ("provision_again", "Provision account again"),
    ("rename_account", "Rename account"),
    ("move_account", "Move account"),
    ("ignore_account", "Ignore account"),
    ("import_places", "Import entities and accounts"),
    ("export_trail", "Export the trail"),
    ("note_restore", "Put a backup back"),
    ("undo", "Undo"),
    ("sign_in", "Sign in"),
    ("sign_out", "Sign out"),
    ("switch_role", "Switch role"),
    ("prove_again", "Prove again who it is"),
    ("recover", "Type the recovery code"),
];

/// What a command or event is called. One that is not known here is told by its stored name.
pub fn called(command: &str) -> Cow<'static, str> {
    let known = KINDS.iter().find(|(name, _)| *name == command);
    match known {
        Some((_, words)) => Cow::Borrowed(words),
        None => Cow::Owned(capital(&crate::domain::text::Shown::new(&command.replace('_', " ")).text())),
    }
}

/// With a capital letter at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_told_by_its_name() {
        assert_eq!(called("rename_role"), "Rename role");
        assert_eq!(called("blank_person"), "Blank person");
        assert_eq!(called("\u{1b}x"), "<U+001B>x");
    }
}
