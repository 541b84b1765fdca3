//! Moments as a zone shows them.
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment as a zone shows it: `31 December 2025, 23:59:59 CET`.
pub fn in_words(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %B %Y, %H:%M:%S %Z").to_string()
}

/// The name of a zone, for whoever wants to be sure.
pub fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}
