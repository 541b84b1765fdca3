//! Section `[mail]`, as somebody would write it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::*;
use crate::mail::{Password, Route};
use crate::settings::Settings;

const SERVER: &str = "server = \"mail.example.com\"\nfrom = \"treasury@example.com\"\n";

fn read(section: &str) -> Result<MailSettings, SettingsError> {
    Settings::parse(&format!("[mail]\n{section}")).map(|settings| settings.mail)
}

fn server(section: &str) -> ServerSettings {
    match read(&format!("{SERVER}{section}")).unwrap() {
        MailSettings::Server(server) => server,
        MailSettings::Folder(_) => panic!("a server was meant"),
    }
}

/// The sentence and the hint about the lines after those of [`SERVER`], which end with line 3.
fn refusal(section: &str) -> (String, String) {
    let refusal = read(&format!("{SERVER}{section}")).unwrap_err();
    (refusal.to_string(), refusal.hint().to_owned())
}

/// Makes the mailer with these files and variables around.
fn mailer(section: &str, around: &[(&str, &str)]) -> Result<Box<dyn Mailer>, SettingsError> {
    let around: BTreeMap<&str, &str> = around.iter().copied().collect();
    read(section).unwrap().mailer(&Surroundings {
        folder: Path::new("/settings"),
        usual_outbox: Path::new("/data/outbox"),
        variable: &|name| around.get(name).map(ToString::to_string),
        file: &|path| {
            let content = around.get(path.to_str().unwrap_or_default());
            content.map(|text| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
        },
    })
}

#[test]
fn a_server_and_a_sender_are_enough() {
    let server = server("");
    assert_eq!((server.host.as_str(), server.port), ("mail.example.com", 587));
    assert_eq!(server.encryption, Encryption::StartTls);
    assert_eq!(server.login, None);
    assert_eq!(server.from.to_string(), "treasury@example.com");
}

#[test]
fn the_port_follows_the_encryption_and_the_other_way_round() {
    for (section, port, encryption) in [
        ("tls = \"tls\"", 465, Encryption::Tls),
        ("tls = \"starttls\"", 587, Encryption::StartTls),
        ("port = 465", 465, Encryption::Tls),
        ("port = 25", 25, Encryption::StartTls),
        ("port = 2525\ntls = \"tls\"", 2525, Encryption::Tls),
        ("port = 465\ntls = \"starttls\"", 465, Encryption::StartTls),
        ("tls = \"none\"\nallow_unencrypted = true", 25, Encryption::NoneAnywhere),
    ] {
        let server = server(section);
        assert_eq!((server.port, server.encryption), (port, encryption), "{section}");
    }
}

#[test]
fn no_encryption_is_fine_on_this_machine_and_has_to_be_allowed_elsewhere() {
    let here = "server = \"localhost\"\nfrom = \"treasury@example.com\"\ntls = \"none\"";
    let MailSettings::Server(server) = read(here).unwrap() else { panic!("a server was meant") };
    assert_eq!(server.encryption, Encryption::NoneOnThisMachine);

    for section in ["tls = \"none\"", "tls = \"none\"\nallow_unencrypted = false"] {
        let (sentence, hint) = refusal(section);
        assert!(sentence.starts_with("Line 4 of the settings: without encryption"), "{sentence}");
        assert!(hint.contains("allow_unencrypted = true"), "{hint}");
    }
}

#[test]
fn an_unknown_setting_is_refused_with_its_line_and_the_one_that_was_meant() {
    let (sentence, hint) = refusal("usr = \"treasury\"");
    assert_eq!(sentence, "Line 4 of the settings: [mail] has no setting usr.");
    assert_eq!(hint, "Did you mean user?");

    let (_, hint) = refusal("colour = \"blue\"");
    assert!(hint.starts_with("The settings of this section are server, port,"), "{hint}");
    assert!(!hint.contains("and password."), "a setting that does not exist is not advertised: {hint}");
}

#[test]
fn a_wrong_value_is_refused_with_what_it_has_to_be() {
    for (section, sentence) in [
        ("port = 0", "port has to be a number from 1 to 65535"),
        ("port = 65536", "port has to be a number from 1 to 65535"),
        ("port = -1", "port has to be a number from 1 to 65535"),
        ("port = \"587\"", "port has to be a number from 1 to 65535"),
        ("user = 5", "user has to be a text in quotes, like \"example\""),
        ("user = \" \"", "user has to be a text in quotes, like \"example\""),
        ("allow_unencrypted = \"yes\"", "allow_unencrypted has to be true or false"),
        ("tls = \"ssl\"", "tls cannot be \"ssl\""),
    ] {
        let expected = format!("Line 4 of the settings: {sentence}.");
        assert_eq!(refusal(section).0, expected, "{section}");
    }
}

#[test]
fn a_wrong_encryption_suggests_the_right_one() {
    assert_eq!(refusal("tls = \"startls\"").1, "Did you mean \"starttls\"?");
    assert_eq!(refusal("tls = \"opportunistic\"").1, "The choices are \"tls\", \"starttls\" and \"none\".");
}

#[test]
fn hostile_names_and_values_are_shown_visibly() {
    let (sentence, _) = refusal("\"\\u001b[2J\" = 1");
    assert!(sentence.contains(&escaped("\u{1b}[2J")), "{sentence}");
    let (sentence, _) = refusal("tls = \"\\u202Eslt\"");
    assert!(sentence.contains(&escaped("\u{202e}slt")), "{sentence}");
}

#[test]
fn a_server_needs_a_sender_that_is_an_address() {
    let missing = read("server = \"mail.example.com\"\n").unwrap_err();
    assert_eq!(missing.line(), Some(2));
    assert!(missing.hint().contains("from = "));

    let wrong = read("server = \"mail.example.com\"\nfrom = \"Treasury\"\n").unwrap_err();
    assert_eq!(wrong.to_string(), "Line 3 of the settings: No message can be addressed to Treasury.");
}

#[test]
fn more_than_the_name_of_a_server_is_refused() {
    for host in ["mail.example.com:587", "smtp://mail.example.com", "mail example.com", "mail\\nx"] {
        let refusal = read(&format!("server = \"{host}\"\nfrom = \"a@example.com\"\n")).unwrap_err();
        assert_eq!(refusal.line(), Some(2), "{refusal}");
        assert!(refusal.hint().contains("port = 587"), "{}", refusal.hint());
    }
    for host in ["mail.example.com", "localhost", "192.0.2.7", "::1", "mail_1"] {
        assert!(read(&format!("server = \"{host}\"\nfrom = \"a@example.com\"\n")).is_ok());
    }
}

#[test]
fn settings_of_a_server_without_a_server_are_refused() {
    let refusal = read("\nport = 25\n").unwrap_err();
    assert_eq!(refusal.to_string(), "Line 3 of the settings: port is set, and no server.");
}

#[test]
fn a_server_and_a_folder_exclude_each_other() {
    assert!(refusal("outbox = \"/tmp/outbox\"").0.starts_with("Line 4 of the settings: outbox is for"));
}

#[test]
fn user_and_password_belong_together_and_there_is_one_password() {
    assert_eq!(refusal("user = \"ana\"").0, "Line 4 of the settings: user is set, and no password.");
    assert_eq!(refusal("password_env = \"X\"").0, "Line 4 of the settings: a password is set, and no user.");
    let both = "user = \"ana\"\npassword_env = \"X\"\npassword_file = \"y\"";
    assert_eq!(refusal(both).0, "Line 5 of the settings: password_file and password_env are both set.");
}

#[test]
fn a_password_in_the_file_is_refused_and_not_repeated() {
    let (sentence, hint) = refusal("user = \"ana\"\npassword = \"opensesame\"");
    assert!(sentence.starts_with("Line 5 of the settings: a password does not belong"), "{sentence}");
    assert!(hint.contains("password_file") && !hint.contains("opensesame"), "{hint}");
}

#[test]
fn a_file_that_is_not_toml_does_not_repeat_a_line_that_may_be_a_password() {
    let refusal = read("password = opensesame\n").unwrap_err();
    assert_eq!(refusal.line(), Some(2));
    assert!(!format!("{refusal} {} {refusal:?}", refusal.hint()).contains("opensesame"), "{refusal}");
}

#[test]
fn messages_go_into_the_usual_folder_or_the_one_that_is_named() {
    let route = |section| mailer(section, &[]).unwrap().describe();
    assert_eq!(route(""), Route::Folder("/data/outbox".into()));
    assert_eq!(route("outbox = \"/elsewhere\""), Route::Folder("/elsewhere".into()));
    assert_eq!(route("outbox = \"here\""), Route::Folder("/settings/here".into()));
}

#[test]
fn the_password_comes_from_a_file_beside_the_settings_or_from_a_variable() {
    let file = format!("{SERVER}user = \"ana\"\npassword_file = \"secret\"\n");
    assert!(mailer(&file, &[("/settings/secret", "opensesame\n")]).is_ok());
    let variable = format!("{SERVER}user = \"ana\"\npassword_env = \"MAIL_PASSWORD\"\n");
    assert!(mailer(&variable, &[("MAIL_PASSWORD", "opensesame")]).is_ok());
}

#[test]
fn only_the_first_line_of_a_password_file_is_the_password() {
    let around = Surroundings {
        folder: Path::new("/settings"),
        usual_outbox: Path::new("/data/outbox"),
        variable: &|_| None,
        file: &|_| Ok(b" open sesame \r\nanything\n".to_vec()),
    };
    let password = around.password(&PasswordSource::File("secret".into())).unwrap();
    assert_eq!(password, Password::new(" open sesame ".to_owned()));
}

#[test]
fn a_password_that_is_not_there_is_said_where_it_was_looked_for() {
    let file = format!("{SERVER}user = \"ana\"\npassword_file = \"secret\"\n");
    let variable = format!("{SERVER}user = \"ana\"\npassword_env = \"MAIL_PASSWORD\"\n");
    for (section, around, place) in [
        (&file, vec![], "/settings/secret"),
        (&file, vec![("/settings/secret", "\nsecond line")], "secret"),
        (&variable, vec![], "MAIL_PASSWORD"),
        (&variable, vec![("MAIL_PASSWORD", "")], "MAIL_PASSWORD"),
    ] {
        let refusal = mailer(section, &around).err().unwrap();
        assert_eq!(refusal.line(), None);
        assert!(refusal.to_string().contains(place), "{refusal}");
    }
}

#[test]
fn certificates_that_cannot_be_used_are_said_to_be_so() {
    let section = format!("{SERVER}ca_file = \"ca.pem\"\n");
    let missing = mailer(&section, &[]).err().unwrap();
    assert!(missing.to_string().contains("ca_file = /settings/ca.pem cannot be read"), "{missing}");
    let none = mailer(&section, &[("/settings/ca.pem", "not a certificate")]).err().unwrap();
    assert!(none.to_string().contains("contains no certificate"), "{none}");
}

#[test]
fn looking_around_shows_neither_variables_nor_files() {
    let around = Surroundings {
        folder: Path::new("/settings"),
        usual_outbox: Path::new("/data/outbox"),
        variable: &|_| Some("opensesame".to_owned()),
        file: &|_| Ok(Vec::new()),
    };
    assert!(!format!("{around:?}").contains("opensesame"));
}
