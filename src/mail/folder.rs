//! The drop folder: messages become files that somebody hands over.
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::{MailError, shown_path};
use super::mailer::{LetterId, Mailer, Route, Sent};
use super::message::Message;
use super::reading::text_of;
use super::sender::Sender;
use crate::disk::{self, private_file, private_folder, sync_folder_of};

/// No letter that rolodeck writes comes near this many bytes.
const LARGEST: u64 = 256 * 1024;

/// The ending of a letter that is out of the way.
const DEAD: &str = "eml.dead";

/// Writes each message to `<letter id>.eml` in one folder that belongs to its owner alone.
///
/// It delivers once: a letter whose file is there is done. Links are never followed, neither for the folder nor for
/// what lies in it.
#[derive(Debug, Clone)]
pub struct DropFolder {
    folder: PathBuf,
    sender: Sender,
}

impl DropFolder {
    /// A drop folder at `folder`, which is created when the first message arrives.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, sender: Sender::of_this_machine() }
    }

    /// The file of a letter, whether it is there or not.
    #[must_use]
    pub fn file_of(&self, id: &LetterId) -> PathBuf {
        self.folder.join(format!("{id}.eml"))
    }

    /// The text of a letter in the folder, for the screen.
    ///
    /// # Errors
    /// [`MailError::Unreadable`] when it is not there or rolodeck did not write it.
    pub fn read(&self, id: &LetterId) -> Result<String, MailError> {
        let path = self.file_of(id);
        let unreadable = |detail: String| MailError::Unreadable { path: shown_path(&path), detail };
        let found = fs::symlink_metadata(&path).map_err(|e| unreadable(e.to_string()))?;
        if !found.is_file() || found.len() > LARGEST {
            return Err(unreadable("it is not a message that rolodeck wrote".to_owned()));
        }
        let mut eml = Vec::new();
        let mut file = File::open(&path).map_err(|e| unreadable(e.to_string()))?.take(LARGEST);
        file.read_to_end(&mut eml).map_err(|e| unreadable(e.to_string()))?;
        text_of(&eml).map_err(|detail| unreadable(detail.to_owned()))
    }

    /// Takes a letter out of the folder, also one that is out of the way already; whether there was any.
    ///
    /// # Errors
    /// When the system does not let it be taken.
    pub fn remove(&self, id: &LetterId) -> Result<bool, MailError> {
        let path = self.file_of(id);
        let mut found = false;
        for path in [path.with_extension(DEAD), path] {
            found |= disk::remove(&path).map_err(|e| MailError::folder(&self.folder, &e))?;
        }
        if found {
            sync_folder_of(&self.file_of(id)).map_err(|e| MailError::folder(&self.folder, &e))?;
        }
        Ok(found)
    }

    /// Takes a letter out of the way whose code was undone, because a backup from before it was put back. Nothing happens
    /// when there is none.
    ///
    /// # Errors
    /// [`MailError::Folder`] when it is there and cannot be renamed.
    pub fn retire(&self, id: &LetterId) -> Result<(), MailError> {
        let path = self.file_of(id);
        match fs::rename(&path, path.with_extension(DEAD)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(MailError::folder(&self.folder, &e)),
            _ => Ok(()),
        }
    }

    fn prepare(&self) -> Result<(), MailError> {
        match fs::symlink_metadata(&self.folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                private_folder(&self.folder).map_err(|e| MailError::folder(&self.folder, &e))
            }
            Err(e) => Err(MailError::folder(&self.folder, &e)),
            Ok(found) if found.is_symlink() => Err(unsafe_folder(&self.folder, "is a link")),
            Ok(found) if !found.is_dir() => Err(unsafe_folder(&self.folder, "is not a folder")),
            Ok(found) if others_may_write(&found) => {
                Err(unsafe_folder(&self.folder, "can be changed by other users of this machine"))
            }
            Ok(_) => Ok(()),
        }
    }

    /// Writes the file under another name first, so that whoever looks sees the whole message or none.
    fn put(&self, id: &LetterId, eml: &[u8]) -> io::Result<()> {
        let unfinished = self.folder.join(format!(".{id}.unfinished"));
        disk::remove(&unfinished)?;
        let mut file = private_file(&unfinished)?;
        file.write_all(eml)?;
        file.sync_all()?;
        let path = self.file_of(id);
        fs::rename(&unfinished, &path)?;
        sync_folder_of(&path)
    }
}

impl Mailer for DropFolder {
    fn sender(&self) -> &Sender {
        &self.sender
    }

    fn send(&self, id: &LetterId, message: &Message) -> Result<Sent, MailError> {
        self.prepare()?;
        let path = self.file_of(id);
        let failed = |e: io::Error| MailError::folder(&self.folder, &e);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => {
                sync_folder_of(&path).map_err(failed)?;
                return Ok(Sent::AlreadyDropped(path));
            }
            Ok(found) if found.is_symlink() => return Err(unsafe_folder(&path, "is a link")),
            Ok(_) => return Err(unsafe_folder(&path, "is not a file")),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(failed(e)),
        }
        self.put(id, message.eml()).map_err(failed)?;
        Ok(Sent::Dropped(path))
    }

    fn describe(&self) -> Route {
        Route::Folder(self.folder.clone())
    }
}

fn unsafe_folder(path: &Path, detail: &'static str) -> MailError {
    MailError::UnsafeFolder { path: shown_path(path), detail }
}

#[cfg(unix)]
fn others_may_write(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o022 != 0
}

#[cfg(not(unix))]
fn others_may_write(_: &fs::Metadata) -> bool {
    false
}
