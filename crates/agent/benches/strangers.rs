//! A mass attack by strangers: 10,000 conversations that name accounts and guess codes, from one
//! network and from 500, against 2,000 accounts; `cargo xtask strangers`. It prints how many owners
//! are then refused anything from a network that they have come from, or from another one a
//! passkey, a recovery code, a pass, or a mailed code for more than 30 minutes. It fails if there
//! are any.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement panics if it fails, and prints to a terminal"
)]

#[path = "../tests/kit/mod.rs"]
mod kit;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

const ACCOUNTS: u32 = 2_000;
const CONVERSATIONS: u32 = 10_000;

fn main() -> ExitCode {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|number| number.parse().ok());
    let accounts = numbers.next().unwrap_or(ACCOUNTS);
    let conversations = numbers.next().unwrap_or(CONVERSATIONS);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    let mut all = 0;
    for networks in [1, 500] {
        let refused = runtime.block_on(kit::strangers::refused(accounts, conversations, networks));
        let owners: BTreeSet<_> = refused.iter().map(|(name, _)| name).collect();
        let mut ways = BTreeMap::new();
        for (_, what) in &refused {
            *ways.entry(*what).or_insert(0_u32) += 1;
        }
        println!(
            "{conversations} conversations, {networks} networks, {accounts} accounts: {} owners \
             are refused something {ways:?}",
            owners.len()
        );
        all += owners.len();
    }
    if all == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
