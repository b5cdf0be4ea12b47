//! Strangers who name every account close no gate to its owner; `cargo xtask strangers` runs this
//! with more of them.

use crate::kit::strangers::refused;

#[tokio::test]
async fn conversations_of_one_network_take_nothing_from_anybody() {
    assert_eq!(refused(6, 42, 1).await, []);
}

#[tokio::test]
async fn conversations_of_many_networks_take_nothing_from_anybody() {
    assert_eq!(refused(6, 42, 25).await, []);
}
