//! The text of a message that rolodeck wrote, for the screen.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quoted_printable::ParseMode;

/// The text of a message as [`super::Letter::write`] makes it, with `\n` as line ends and one of them at its end, or why it cannot be read.
///
/// The file may have been changed since: what comes back is as untrusted as anything that was typed.
///
/// # Errors
/// What is wrong with it, in a few words that fit into [`super::MailError::Unreadable`].
pub fn text_of(eml: &[u8]) -> Result<String, &'static str> {
    let eml = std::str::from_utf8(eml).map_err(|_| "it is not a text file")?;
    let (headers, body) = eml.split_once("\r\n\r\n").ok_or("it has no text after its headers")?;
    let bytes = match transfer_encoding(headers) {
        Encoding::AsItIs => body.as_bytes().to_vec(),
        Encoding::QuotedPrintable => {
            quoted_printable::decode(body, ParseMode::Robust).map_err(|_| "its text is damaged")?
        }
        Encoding::Base64 => {
            let letters: String = body.split_ascii_whitespace().collect();
            STANDARD.decode(letters).map_err(|_| "its text is damaged")?
        }
        Encoding::Other => return Err("its text is in a form that rolodeck does not write"),
    };
    let text = String::from_utf8(bytes).map_err(|_| "its text is damaged")?;
    Ok(text.replace("\r\n", "\n").trim_end().to_owned() + "\n")
}

enum Encoding {
    AsItIs,
    QuotedPrintable,
    Base64,
    Other,
}

fn transfer_encoding(headers: &str) -> Encoding {
    let value = headers
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-transfer-encoding"))
        .map(|(_, value)| value.trim().to_ascii_lowercase());
    match value.as_deref() {
        None | Some("7bit" | "8bit") => Encoding::AsItIs,
        Some("quoted-printable") => Encoding::QuotedPrintable,
        Some("base64") => Encoding::Base64,
        Some(_) => Encoding::Other,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_read_as_it_is() {
        assert_eq!(text_of(b"Subject: x\r\n\r\none\r\ntwo\r\n").unwrap(), "one\ntwo\n");
    }

    #[test]
    fn a_quoted_text_is_decoded() {
        let eml = b"Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9 =\r\ncr=C3=A8me\r\n";
        assert_eq!(text_of(eml).unwrap(), "café crème\n");
    }

    #[test]
    fn a_text_in_base64_is_decoded() {
        let eml = b"content-transfer-encoding: base64\r\n\r\n5qCq5byP\r\n5Lya56S+\r\n";
        assert_eq!(text_of(eml).unwrap(), "株式会社\n");
    }

    #[test]
    fn what_rolodeck_did_not_write_is_refused() {
        assert!(text_of(b"no headers at all").is_err());
        assert!(text_of(b"\xff\xfe\r\n\r\n").is_err());
        assert!(text_of(b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n").is_err());
        assert!(text_of(b"Content-Transfer-Encoding: x-uuencode\r\n\r\nabc\r\n").is_err());
    }
}
