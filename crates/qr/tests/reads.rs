//! A QR code that was drawn is decoded by an independent library.

#![expect(clippy::unwrap_used, reason = "tests")]

use postern_qr::{Drawing, draw};

/// The width of a module in pixels, and the width of the quiet zone in modules.
const SCALE: usize = 4;
const MARGIN: usize = 4;

/// Returns the text that the decoder reads from a code.
fn read(Drawing { size, path }: &Drawing) -> String {
    let size = usize::try_from(*size).unwrap();
    let mut dark = vec![false; size * size];
    for run in path.split('z').filter(|run| !run.is_empty()) {
        let (start, rest) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let (length, back) = rest.split_once("v1h-").unwrap();
        assert_eq!(length, back);
        for x in x..x + length.parse::<usize>().unwrap() {
            dark[y * size + x] = true;
        }
    }
    let width = (size + 2 * MARGIN) * SCALE;
    let pixel = |x: usize, y: usize| {
        let place = |at: usize| (at / SCALE).checked_sub(MARGIN).filter(|at| *at < size);
        match (place(x), place(y)) {
            (Some(x), Some(y)) if dark[y * size + x] => 0,
            _ => 255,
        }
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, width, pixel);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn a_reader_reads_what_was_drawn() {
    for text in [
        "a",
        "otpauth://totp/Contoso:alice?secret=KBXXG5DFOJXCA43BNZSGE33YEBBG6YRB&issuer=Contoso",
        "otpauth://totp/%C5%BDlu%C5%A5ou%C4%8Dk%C3%BD:%C5%A1%C3%A1rka?secret=KBXXG5DFOJXCA43BNZSG\
         E33YEBBG6YRB&issuer=%C5%BDlu%C5%A5ou%C4%8Dk%C3%BD",
    ] {
        assert_eq!(read(&draw(text).unwrap()), text);
    }
}

#[test]
fn a_text_that_is_too_long_gives_none() {
    assert_eq!(draw(&"a".repeat(3_000)), None);
}
