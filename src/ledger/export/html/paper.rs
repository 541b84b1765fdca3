//! What a report is written on. Markup is written in the program; everything else goes through an escape.
use std::fmt::Display;
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::moment::zone_name;
use crate::ledger::telling::shown_once;

/// Takes markup and text, and keeps them apart.
pub(super) struct Paper<'a> {
    out: &'a mut dyn Write,
    zone: &'a TimeZone,
}

impl<'a> Paper<'a> {
    pub(super) fn new(out: &'a mut dyn Write, zone: &'a TimeZone) -> Self {
        Self { out, zone }
    }

    /// Markup, which nobody has typed.
    pub(super) fn raw(&mut self, markup: &'static str) -> io::Result<()> {
        self.out.write_all(markup.as_bytes())
    }

    /// Any text: nothing in it is markup, and nothing acts or hides.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        let mut escaped = String::with_capacity(text.len());
        for c in shown_once(text).chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                other => escaped.push(other),
            }
        }
        self.out.write_all(escaped.as_bytes())
    }

    /// Text between markup.
    pub(super) fn within(&mut self, open: &'static str, text: impl Display, close: &'static str) -> io::Result<()> {
        self.raw(open)?;
        self.text(&text.to_string())?;
        self.raw(close)
    }

    /// A cell of a table.
    pub(super) fn cell(&mut self, text: impl Display) -> io::Result<()> {
        self.within("<td>", text, "</td>")
    }

    /// A cell with a number.
    pub(super) fn number(&mut self, number: impl Display) -> io::Result<()> {
        self.within("<td class=\"n\">", number, "</td>")
    }

    /// The cell that a line begins with.
    pub(super) fn line_head(&mut self, text: impl Display) -> io::Result<()> {
        self.within("<th scope=\"row\">", text, "</th>")
    }

    /// The beginning of a table with a name and then numbers in each line, up to its first line.
    pub(super) fn table_of_numbers(&mut self, columns: &[&'static str]) -> io::Result<()> {
        self.raw("<table class=\"numbers\">\n")?;
        self.head(columns)
    }

    /// A table's beginning, up to its first line.
    pub(super) fn table(&mut self, columns: &[&'static str]) -> io::Result<()> {
        self.raw("<table>\n")?;
        self.head(columns)
    }

    fn head(&mut self, columns: &[&'static str]) -> io::Result<()> {
        self.raw("<thead><tr>")?;
        for column in columns {
            self.within("<th scope=\"col\">", column, "</th>")?;
        }
        self.raw("</tr></thead>\n<tbody>\n")
    }

    /// A table's end.
    pub(super) fn table_end(&mut self) -> io::Result<()> {
        self.raw("</tbody>\n</table>\n")
    }

    /// A number as an attribute.
    pub(super) fn attribute(&mut self, name: &'static str, value: u64) -> io::Result<()> {
        write!(self.out, " {name}=\"{value}\"")
    }

    /// A moment in the zone of the report; with what clocks there are called, where they are put back.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let form = if zone_name(self.zone) == "UTC" { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%d %H:%M:%S %Z" };
        at.to_zoned(self.zone.clone()).strftime(form).to_string()
    }

    /// The zone of the report.
    pub(super) const fn zone(&self) -> &TimeZone {
        self.zone
    }
}
