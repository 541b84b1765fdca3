#![expect(clippy::unwrap_used, reason = "tests")]
use std::borrow::Cow;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Oddity, Shown, first_odd, mixed_script};

/// Columns as a screen fills them, counted without our own code.
fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

fn acts_or_hides(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164 | 0xE000..=0xF8FF | 0xFE00..=0xFE0D
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF | 0xF0000..)
}

/// Text as an attacker or an unlucky paste has it: much of everything that is dangerous.
fn hostile() -> impl Strategy<Value = String> {
    let pick = prop_oneof![
        4 => any::<char>(),
        2 => prop::char::range(' ', '~'),
        1 => prop::char::range('\0', '\u{9F}'),
        1 => prop::char::range('\u{200B}', '\u{206F}'),
        1 => prop::char::range('\u{300}', '\u{36F}'),
        1 => prop::char::range('\u{E0000}', '\u{E01EF}'),
        1 => prop::char::range('\u{1F1E6}', '\u{1F1FF}'),
        2 => prop::sample::select("<U+@.…é日本ｶﾞ각ᄀ\u{1161}\u{11A8}لا👍🏽👩💻❤\u{FE0F}\u{200D}ൎ\u{102B}กำक्ष☝\u{20E3}".chars().collect::<Vec<_>>()),
    ];
    prop::collection::vec(pick, 0..40).prop_map(String::from_iter)
}

#[test]
fn ordinary_text_passes_unchanged_and_uncopied() {
    for text in [
        "",
        "Treasury & Cash (EMEA) <draft> #7",
        "Zoë Müller-Lüdenscheidt",
        "Nguyễn Thị Ánh",
        "Nguye\u{302}\u{303}n",
        "株式会社サンプル　".trim_end(),
        "ﾐﾂﾋﾞｼ",
        "김민준",
        "Александр Иванов",
        "שָׁלוֹם",
        "عبد الله",
        "अनुष्का शर्मा",
        "ခင်မာ",
        "ฐิติกานต์ กำไร",
        "🚀 Launch 👍🏽 🇩🇪 ❤\u{FE0F} ☎",
        "Smith – “Cash” …",
        "a < b, U+0041",
    ] {
        let shown = Shown::new(text).text();
        assert_eq!(shown, text);
        assert!(matches!(shown, Cow::Borrowed(_)), "{text} was copied");
        assert_eq!(first_odd(text), None);
    }
}

#[test]
fn what_acts_on_a_terminal_or_hides_is_written_out() {
    for (typed, shown) in [
        ("\u{1B}[31mred\u{1B}[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("\u{1B}]52;c;cm0gLXJm\u{7}", "<U+001B>]52;c;cm0gLXJm<U+0007>"),
        ("\u{9B}2J", "<U+009B>2J"),
        ("a\tb\nc\rd\0e\u{7F}", "a<U+0009>b<U+000A>c<U+000D>d<U+0000>e<U+007F>"),
        ("a\u{85}b\u{2028}c\u{2029}d", "a<U+0085>b<U+2028>c<U+2029>d"),
        ("annexe\u{202E}fdp.exe", "annexe<U+202E>fdp.exe"),
        ("\u{2066}x\u{2069}\u{200F}\u{61C}", "<U+2066>x<U+2069><U+200F><U+061C>"),
        ("pay\u{200B}ment\u{FEFF}\u{AD}\u{2060}", "pay<U+200B>ment<U+FEFF><U+00AD><U+2060>"),
        ("A\u{E0041}\u{E007F}", "A<U+E0041><U+E007F>"),
        ("\u{1F3F4}\u{E0067}\u{E0062}", "\u{1F3F4}<U+E0067><U+E0062>"),
        ("a\u{FE0F}葛\u{E0100}", "a<U+FE0F>葛<U+E0100>"),
        ("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}<U+FE0F>"),
        ("👩\u{200D}💻", "👩<U+200D>💻"),
        ("Jane\u{A0}Doe\u{3000}\u{2009}", "Jane<U+00A0>Doe<U+3000><U+2009>"),
        ("\u{E000}\u{10FFFD}\u{378}\u{FFFF}", "<U+E000><U+10FFFD><U+0378><U+FFFF>"),
        ("ㅤ\u{115F}\u{2800}", "<U+3164><U+115F><U+2800>"),
        ("\u{301}e", "<U+0301>e"),
        ("| \u{301}", "| <U+0301>"),
        ("\u{1F3FD}", "<U+1F3FD>"),
        ("🇩", "<U+1F1E9>"),
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "e\u{301}\u{302}\u{303}\u{304}<U+0305><U+0306>"),
    ] {
        assert_eq!(Shown::new(typed).to_string(), shown);
    }
}

#[test]
fn a_typed_escape_is_told_from_a_real_one() {
    assert_eq!(Shown::new("<U+202E>").text(), "<U+003C>U+202E>");
    assert_eq!(Shown::new("<\u{200B}U+202E>").text(), "<<U+200B>U+202E>");
    assert_eq!(Shown::new("ൎ<U+202E>").text(), "<U+0D4E><U+003C>U+202E>");
    assert_eq!(Shown::new("x <scripts: Latin>").text(), "x <U+003C>scripts: Latin>");
}

#[test]
fn in_full_look_alikes_and_other_spellings_show() {
    for (typed, shown) in [
        ("Zoe\u{308}", "Zoe<U+0308>"),
        ("\u{212B}ngström", "<U+212B>ngström"),
        ("\u{1100}\u{1161}", "<U+1100><U+1161>"),
        ("ⅼ0", "<U+217C>0"),
        ("\u{2212}5 𝐚 ℓ", "<U+2212>5 <U+1D41A> <U+2113>"),
        ("pre\u{2010}paid", "pre<U+2010>paid"),
        ("❤\u{FE0F}", "❤<U+FE0F>"),
        ("p\u{430}ypal", "p\u{430}ypal <scripts: Cyrillic, Latin>"),
        ("\u{441}\u{43E}\u{441}\u{43E}", "\u{441}\u{43E}\u{441}\u{43E} <scripts: Cyrillic>"),
        ("Yıldız Œuvre, æble – 5½", "Yıldız Œuvre, æble – 5½"),
        ("Александр и Со", "Александр и Со"),
        ("Sony 株式会社 ｶﾞｽ", "Sony 株式会社 ｶﾞｽ"),
    ] {
        assert_eq!(Shown::new(typed).full().to_string(), shown);
        assert_eq!(Shown::new(typed).full().width(), columns(shown));
    }
}

#[test]
fn mixed_scripts_are_found_word_by_word() {
    for text in ["p\u{430}ypal.com", "jane@ex\u{430}mple.com", "Tr\u{435}asury", "αbc", "ｶtаx"] {
        assert!(mixed_script(text), "{text}");
    }
    for text in ["plain", "коля@example.com", "Анна Smith", "Sony株式会社", "Tシャツ", "삼성SDI", "x1-2_3", "naïve"]
    {
        assert!(!mixed_script(text), "{text}");
    }
}

#[test]
fn a_cut_keeps_whole_escapes_and_wide_characters() {
    let cut = |text, columns| Shown::new(text).cut(columns).into_owned();
    assert_eq!(cut("Treasury", 8), "Treasury");
    assert_eq!(cut("Treasury", 7), "Treasu…");
    assert_eq!(cut("Treasury", 1), "…");
    assert_eq!(cut("Treasury", 0), "");
    assert_eq!(cut("日本銀行", 7), "日本銀…");
    assert_eq!(cut("日本銀行", 6), "日本…");
    assert_eq!(cut("ab\u{202E}cd", 11), "ab<U+202E>…");
    assert_eq!(cut("ab\u{202E}cd", 10), "ab…");
    assert_eq!(Shown::new("日本銀行").pad(6), "日本… ");
    assert_eq!(Shown::new("a\u{202E}").pad(12), "a<U+202E>   ");
}

#[test]
fn a_cut_address_keeps_the_end_of_its_domain() {
    let cut = |text, columns| Shown::new(text).cut_address(columns).into_owned();
    let address = "maximiliane.mustermann@example.com";
    assert_eq!(cut(address, 34), address);
    assert_eq!(cut(address, 33), "maximilian…mustermann@example.com");
    assert_eq!(cut(address, 20), "maxi…ann@example.com");
    assert_eq!(cut(address, 14), "m…@example.com");
    assert_eq!(cut(address, 13), "…@example.com");
    assert_eq!(cut(address, 12), "…example.com");
    assert_eq!(cut(address, 4), "…com");
    assert_eq!(cut(address, 1), "…");
    assert_eq!(cut(address, 0), "");
    assert_eq!(cut("a@example.com.paypal.com.login.example", 16), "…m.login.example");
    assert_eq!(cut("jane@example.com\u{202E}", 10), "…m<U+202E>");
    assert_eq!(cut("no address at all", 8), "no addr…");
    assert_eq!(Shown::new("日本@例え.jp").pad_address(10), "…@例え.jp ");
}

#[test]
fn the_first_odd_character_is_named_with_its_place() {
    let odd = first_odd("Zoë \u{202E}x").unwrap();
    assert_eq!((odd.position, odd.character, odd.oddity), (5, '\u{202E}', Oddity::Direction));
    assert_eq!(first_odd("<U+0041> e\u{200D}").unwrap().position, 11);
}

proptest! {
    #[test]
    fn nothing_that_acts_or_hides_gets_through(text in hostile()) {
        for shown in [Shown::new(&text).text(), Shown::new(&text).full().text()] {
            prop_assert!(!shown.contains(acts_or_hides), "{shown:?}");
            for grapheme in shown.graphemes(true) {
                prop_assert!(grapheme.width() > 0, "{grapheme:?} in {shown:?}");
            }
        }
    }

    #[test]
    fn the_width_is_what_a_screen_fills(text in hostile()) {
        let shown = Shown::new(&text);
        prop_assert_eq!(shown.width(), columns(&shown.text()));
        prop_assert!(shown.text().width() <= shown.width());
        prop_assert_eq!(shown.full().width(), columns(&shown.full().text()));
    }

    #[test]
    fn no_cut_is_wider_than_asked(text in hostile(), local in hostile(), width in 0_usize..60) {
        let address = format!("{local}@{text}");
        prop_assert!(columns(&Shown::new(&text).cut(width)) <= width);
        prop_assert!(columns(&Shown::new(&address).cut_address(width)) <= width);
        prop_assert_eq!(columns(&Shown::new(&text).pad(width)), width);
        prop_assert_eq!(columns(&Shown::new(&address).pad_address(width)), width);
    }

    #[test]
    fn a_cut_address_always_ends_like_its_domain(local in hostile(), domain in "[a-z]{1,20}\\.[a-z]{2,10}", width in 1_usize..60) {
        let address = format!("{local}@{domain}");
        let cut = Shown::new(&address).cut_address(width).into_owned();
        let kept = cut.rsplit('…').next().unwrap();
        prop_assert!(domain.ends_with(kept) || kept.ends_with(&format!("@{domain}")), "{cut}");
        prop_assert!(kept.len() >= domain.len().min(width - 1), "{cut}");
    }

    #[test]
    fn texts_that_differ_after_nfc_differ_in_full(a in hostile(), b in hostile()) {
        let full = |text: &str| Shown::new(text).full().to_string();
        if a.nfc().ne(b.nfc()) {
            prop_assert_ne!(full(&a), full(&b));
        }
        // The nearest neighbours are the hardest: one more character.
        let longer = format!("{a}{b}");
        if longer.nfc().ne(a.nfc()) {
            prop_assert_ne!(full(&longer), full(&a));
        }
    }

    #[test]
    fn what_is_shown_can_be_read_back(text in hostile()) {
        let mut read = String::new();
        let shown = Shown::new(&text).to_string();
        let mut rest = shown.as_str();
        while let Some(c) = rest.chars().next() {
            let code = rest.strip_prefix("<U+").and_then(|after| after.split_once('>'));
            let (c, after) = match code {
                Some((hex, after)) => (char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap(), after),
                None => (c, rest.strip_prefix(c).unwrap()),
            };
            read.push(c);
            rest = after;
        }
        prop_assert_eq!(read, text);
    }
}
