//! The drop folder.
use std::fs;
use std::path::Path;

use super::super::{DropFolder, Mailer, Retry, Route, Sent};
use super::*;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const NAME: &str = "01900000-0000-7000-8000-000000000001-2.eml";

#[test]
fn a_message_becomes_one_file_named_after_the_letter() {
    let home = tempfile::tempdir().unwrap();
    let outbox = home.path().join("new").join("outbox");
    let folder = DropFolder::new(outbox.clone());
    let message = written(&verification());
    let sent = folder.send(&letter_id(), &message).unwrap();
    assert_eq!(sent, Sent::Dropped(outbox.join(NAME)));
    assert_eq!(names(&outbox), [NAME]);
    assert_eq!(fs::read(outbox.join(NAME)).unwrap(), message.eml());
    assert_eq!(folder.describe(), Route::Folder(outbox));
}

#[test]
fn the_screen_can_read_it_back() {
    let home = tempfile::tempdir().unwrap();
    let folder = DropFolder::new(home.path().join("outbox"));
    folder.send(&letter_id(), &written(&verification())).unwrap();
    let text = folder.read(&letter_id()).unwrap();
    assert!(text.starts_with("Hello Ana Nováková,\n") && text.contains("483920"), "{text}");
}

#[test]
fn a_letter_that_is_there_is_not_written_again() {
    let home = tempfile::tempdir().unwrap();
    let folder = DropFolder::new(home.path().join("outbox"));
    let first = written(&verification());
    folder.send(&letter_id(), &first).unwrap();
    let second = written(&invite("ben@example.com", invitation()));
    let sent = folder.send(&letter_id(), &second).unwrap();
    let path = folder.file_of(&letter_id());
    assert_eq!(sent, Sent::AlreadyDropped(path.clone()));
    assert_eq!(fs::read(path).unwrap(), first.eml());
}

#[test]
fn what_a_crash_left_behind_is_in_nobodys_way() {
    let home = tempfile::tempdir().unwrap();
    let outbox = home.path().join("outbox");
    let folder = DropFolder::new(outbox.clone());
    folder.send(&LetterId::new(Uuid::nil(), 1), &written(&verification())).unwrap();
    fs::write(outbox.join(format!(".{}.unfinished", letter_id())), "half a mess").unwrap();
    folder.send(&letter_id(), &written(&verification())).unwrap();
    assert_eq!(names(&outbox), ["00000000-0000-0000-0000-000000000000-1.eml", NAME]);
}

#[test]
fn a_folder_that_cannot_be_made_is_named_and_tried_again_later() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let outbox = file.join("outbox");
    let refusal = DropFolder::new(outbox.clone()).send(&letter_id(), &written(&verification())).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-folder", Retry::Later));
    assert!(refusal.to_string().contains(outbox.to_str().unwrap()), "{refusal}");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("outbox");
    fs::write(&file, "mine").unwrap();
    let refusal = DropFolder::new(file.clone()).send(&letter_id(), &written(&verification())).unwrap_err();
    assert_eq!(refusal.code(), "mail-folder-unsafe");
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}

#[test]
fn a_letter_that_is_not_there_cannot_be_read() {
    let home = tempfile::tempdir().unwrap();
    let refusal = DropFolder::new(home.path().to_owned()).read(&letter_id()).unwrap_err();
    assert_eq!(refusal.code(), "mail-unreadable");
    assert!(refusal.to_string().contains(NAME), "{refusal}");
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folder_and_file_belong_to_their_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let outbox = home.path().join("outbox");
        let folder = DropFolder::new(outbox.clone());
        folder.send(&letter_id(), &written(&verification())).unwrap();
        assert_eq!(mode(&outbox), 0o700);
        assert_eq!(mode(&folder.file_of(&letter_id())), 0o600);
    }

    #[test]
    fn a_link_in_the_place_of_the_letter_is_refused_and_its_target_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("target");
        fs::write(&target, "precious").unwrap();
        let outbox = home.path().join("outbox");
        let folder = DropFolder::new(outbox.clone());
        folder.send(&LetterId::new(Uuid::nil(), 1), &written(&verification())).unwrap();
        symlink(&target, folder.file_of(&letter_id())).unwrap();
        let refusal = folder.send(&letter_id(), &written(&verification())).unwrap_err();
        assert_eq!((refusal.code(), refusal.retry()), ("mail-folder-unsafe", Retry::AfterRepair));
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
        assert_eq!(folder.read(&letter_id()).unwrap_err().code(), "mail-unreadable");
    }

    #[test]
    fn a_link_in_the_place_of_the_unfinished_file_is_replaced_and_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("target");
        fs::write(&target, "precious").unwrap();
        let outbox = home.path().join("outbox");
        let folder = DropFolder::new(outbox.clone());
        folder.send(&LetterId::new(Uuid::nil(), 1), &written(&verification())).unwrap();
        symlink(&target, outbox.join(format!(".{}.unfinished", letter_id()))).unwrap();
        folder.send(&letter_id(), &written(&verification())).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
        assert!(fs::symlink_metadata(folder.file_of(&letter_id())).unwrap().is_file());
    }

    #[test]
    fn a_link_in_the_place_of_the_folder_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = home.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, home.path().join("outbox")).unwrap();
        let folder = DropFolder::new(home.path().join("outbox"));
        let refusal = folder.send(&letter_id(), &written(&verification())).unwrap_err();
        assert_eq!(refusal.code(), "mail-folder-unsafe");
        assert!(names(&elsewhere).is_empty());
    }

    #[test]
    fn a_folder_that_others_may_change_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let outbox = home.path().join("outbox");
        fs::create_dir(&outbox).unwrap();
        fs::set_permissions(&outbox, fs::Permissions::from_mode(0o777)).unwrap();
        let folder = DropFolder::new(outbox.clone());
        let refusal = folder.send(&letter_id(), &written(&verification())).unwrap_err();
        assert_eq!(refusal.code(), "mail-folder-unsafe");
        assert!(refusal.hint().contains("chmod 700"));
        assert!(names(&outbox).is_empty());
    }
}
