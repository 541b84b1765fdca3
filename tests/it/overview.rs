//! Overview.
use crate::desk::{Desk, LARGE, SMALL};

/// As large as few terminals are.
const HUGE: (u16, u16) = (200, 60);

fn open(mut desk: Desk) -> Desk {
    desk.keys("0").screen();
    desk
}

#[test]
fn it_says_how_the_organization_stands() {
    for (name, size) in [("small", SMALL), ("large", LARGE), ("huge", HUGE)] {
        insta::assert_snapshot!(format!("overview_{name}"), open(Desk::sample(size)).screen());
    }
}
