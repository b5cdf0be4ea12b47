//! The data that the server put into the page: tenant, agent's key, server time, texts.

use crate::words::Value;
use js_sys::{Array, Date, Function, Object, Promise, Reflect};
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::Document;
use postern_envelope::PublicKey;
use postern_protocol::FlowKind;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

#[derive(Default)]
struct Page {
    root: JsValue,
    data: JsValue,
    words: JsValue,
    /// Fetches the texts of the later steps and adds them; its promise resolves to true on success.
    fetch_words: Function,
    /// Fetches a list of words by its name; its promise resolves to its text, one word a line.
    fetch_list: Function,
    language: String,
    /// The server's time minus this device's, in seconds.
    clock_offset: f64,
}

/// Takes over the page's data. Has to be called as soon as the page is loaded: the clock offset
/// assumes that the server's time in it is the current time.
pub fn load(data: JsValue, fetch_words: Function, fetch_list: Function, root: JsValue) {
    PAGE.set(Page {
        words: get(&data, "words"),
        root,
        fetch_words,
        fetch_list,
        language: string(&data, "language"),
        clock_offset: get(&data, "now").as_f64().unwrap_or_default() - Date::now() / 1000.0,
        data,
    });
}

/// Begins to fetch the texts of the later steps, unless they are loaded already.
pub fn fetch_words() -> Option<Promise> {
    let fetched = with(|page| page.fetch_words.call0(&JsValue::UNDEFINED));
    fetched.ok()?.dyn_into().ok()
}

/// Waits for the texts that [`fetch_words`] fetches, and reports whether they were loaded.
pub async fn words_loaded(words: Option<Promise>) -> bool {
    match words {
        Some(words) => JsFuture::from(words)
            .await
            .is_ok_and(|loaded| loaded.is_truthy()),
        None => false,
    }
}

/// Begins to fetch a list of words, one a line. None if it does not come or is not the one expected.
pub fn fetch_list(name: &str) -> impl Future<Output = Option<String>> + use<> {
    let fetched = with(|page| page.fetch_list.call1(&JsValue::UNDEFINED, &name.into()));
    let list = fetched
        .ok()
        .and_then(|list| list.dyn_into::<Promise>().ok());
    // Its failure is handled from the beginning, also where nobody waits for it any more.
    let list = list.map(JsFuture::from);
    async move { list?.await.ok()?.as_string() }
}

/// Reports whether a file of this page is gone from the portal, which serves a newer build by now.
pub fn is_outdated() -> bool {
    with(|page| get(&page.data, "outdated").is_truthy())
}

fn with<T>(read: impl FnOnce(&Page) -> T) -> T {
    PAGE.with_borrow(read)
}

/// Returns the document or the shadow root that holds the card. A shadow root is treated as a
/// document: it finds elements by id the same way, and setting its title has no visible effect.
pub fn root() -> Document {
    with(|page| page.root.clone().unchecked_into())
}

/// Returns the portal's origin in a page of another site; else an empty string.
pub fn base() -> String {
    with(|page| string(&page.data, "base"))
}

/// Returns the tenant's name in addresses.
pub fn tenant() -> String {
    with(|page| string(&page.data, "tenant"))
}

/// Returns the address at which the organisation's users sign in; empty if it has named none.
pub fn sign_in_link() -> String {
    with(|page| string(&page.data, "signIn"))
}

/// Returns the code of the page's language.
pub fn language() -> String {
    with(|page| page.language.clone())
}

/// Returns the kind of flow that the page is for.
pub fn flow_kind() -> FlowKind {
    let name = with(|page| string(&page.data, "flow"));
    FlowKind::named(&name).unwrap_or_default()
}

/// Returns the agent's public key.
pub fn key() -> Option<PublicKey> {
    PublicKey::from_n(&with(|page| string(&page.data, "key")))
}

/// The result of fetching the agent's public key again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKey {
    /// There is no new key.
    None,
    /// There is a new key; messages are sealed to it from now on.
    Taken,
    /// There is a new key, which the site that embeds this page has not pinned.
    NotPinned,
}

/// Replaces the agent's key by another one of the portal's JWK Set. Where a site pins the key, only
/// a pinned one is accepted.
pub fn renew_key(keys: &JsValue) -> NewKey {
    with(|page| {
        let now = string(&page.data, "key");
        let pins = get(&page.data, "pins").dyn_into::<Array>().ok();
        let (mut found, mut still) = (NewKey::None, false);
        for key in get(keys, "keys").dyn_into::<Array>().unwrap_or_default() {
            let n = string(&key, "n");
            if n == now {
                still = true;
                continue;
            }
            // Messages are sealed only with this exponent.
            let Some(key) = PublicKey::from_n(&n).filter(|_| string(&key, "e") == "AQAB") else {
                continue;
            };
            let pinned = |pins: &Array| pins.includes(&key.thumbprint().into(), 0);
            if !pins.as_ref().is_none_or(pinned) {
                found = NewKey::NotPinned;
            } else if Reflect::set(&page.data, &"key".into(), &n.into()).is_ok() {
                return NewKey::Taken;
            }
        }
        if still { NewKey::None } else { found }
    })
}

/// Returns the current time by the server's clock, in seconds since the Unix epoch.
pub fn now() -> u64 {
    with(|page| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds since 1970 fit; a float cast saturates"
        )]
        let now = (Date::now() / 1000.0 + page.clock_offset) as u64;
        now
    })
}

/// Returns the text of a key, with its arguments filled in.
pub fn text(key: &str, arguments: &[(&'static str, Value)]) -> String {
    with(|page| {
        let template = get(&page.words, key);
        if template.is_undefined() {
            // A text of the page itself may have no `.do`; tests check that the others exist.
            return String::new();
        }
        let text = template.as_string().unwrap_or_else(|| {
            // [argument, {category: form}]
            let plural = template.unchecked_into::<Array>();
            let argument = plural.get(0).as_string().unwrap_or_default();
            let count = arguments.iter().find_map(|(name, value)| match value {
                Value::Count(count) if *name == argument => Some(*count),
                _ => None,
            });
            let forms = plural.get(1);
            let count = count.unwrap_or_default();
            let zero = (count == 0)
                .then(|| get(&forms, "zero").as_string())
                .flatten();
            zero.unwrap_or_else(|| string(&forms, &page.category(count)))
        });
        page.fill(&text, arguments)
    })
}

impl Page {
    /// Returns the CLDR plural category of a number in the page's language.
    fn category(&self, count: u16) -> String {
        let rules = js_sys::Intl::PluralRules::new(&self.locales(), &Object::new());
        rules.select(f64::from(count)).into()
    }

    /// Replaces each `{name}` in the text by its value.
    fn fill(&self, text: &str, arguments: &[(&'static str, Value)]) -> String {
        let mut parts = text.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or(("", part));
            if let Some((_, value)) = arguments.iter().find(|(known, _)| *known == name) {
                filled.push_str(&self.format_value(value));
            }
            filled.push_str(rest);
        }
        filled
    }

    fn format_value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Count(count) => count.to_string(),
            Value::Moment(time) => self.format_time(*time, Some("long")),
            Value::Clock(time) => self.format_time(*time, None),
        }
    }

    fn format_time(&self, time: u64, date_style: Option<&str>) -> String {
        let options = Object::new();
        let set = |key: &str, value: &str| {
            let _cannot_fail = Reflect::set(&options, &key.into(), &value.into());
        };
        set("timeStyle", "short");
        if let Some(style) = date_style {
            set("dateStyle", style);
        }
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are exact")]
        let date = Date::new(&(time as f64 * 1000.0).into());
        date.to_locale_string(&self.date_locale(), &options).into()
    }

    /// Returns the locale for dates: the browser's own for the page's language, with its country.
    fn date_locale(&self) -> String {
        let languages = leptos::prelude::window().navigator().languages();
        let own = languages.iter().filter_map(|one| one.as_string());
        own.filter(|one| one.starts_with(&*self.language))
            .find(|one| one.len() > self.language.len())
            .unwrap_or_else(|| match &*self.language {
                "en" => "en-GB".to_owned(),
                other => other.to_owned(),
            })
    }

    fn locales(&self) -> Array {
        Array::of1(&self.language.as_str().into())
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_default()
}

fn string(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use js_sys::JSON;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    fn test_key(byte: u8) -> PublicKey {
        PublicKey::new(vec![byte; 256]).unwrap()
    }

    fn json(text: &str) -> JsValue {
        JSON::parse(text).unwrap()
    }

    /// Loads a page that seals to a key. With pins, it is embedded in a site that pins these keys.
    fn load_with(now: &PublicKey, pins: Option<&[&PublicKey]>) {
        let pins = pins.map(|pins| {
            let pins: Vec<_> = pins.iter().map(|pin| pin.thumbprint()).collect();
            format!(r#","pins":["{}"]"#, pins.join(r#"",""#))
        });
        let data = [
            r#"{"key":""#,
            &now.n(),
            r#"""#,
            &pins.unwrap_or_default(),
            "}",
        ]
        .concat();
        load(
            json(&data),
            Function::default(),
            Function::default(),
            JsValue::UNDEFINED,
        );
    }

    fn key_set(keys: &[&PublicKey]) -> JsValue {
        let keys: Vec<_> = keys.iter().map(|key| key.to_jwk()).collect();
        json(&[r#"{"keys":["#, &keys.join(","), "]}"].concat())
    }

    #[wasm_bindgen_test]
    fn another_key_is_taken_and_where_keys_are_pinned_only_a_pinned_one() {
        let [one, two, three] = [0x81, 0x83, 0x85].map(test_key);
        for (pins, offered, expected, sealed_to) in [
            (None, vec![&two], NewKey::Taken, &two),
            (None, vec![&one], NewKey::None, &one),
            (None, vec![&one, &two], NewKey::Taken, &two),
            (None, vec![], NewKey::None, &one),
            (Some(vec![&one]), vec![&two], NewKey::NotPinned, &one),
            (Some(vec![&one]), vec![&one], NewKey::None, &one),
            (Some(vec![&one]), vec![&two, &one], NewKey::None, &one),
            (Some(vec![&one, &two]), vec![&two], NewKey::Taken, &two),
            (
                Some(vec![&one, &two]),
                vec![&three, &two],
                NewKey::Taken,
                &two,
            ),
        ] {
            load_with(&one, pins.as_deref());
            assert_eq!(renew_key(&key_set(&offered)), expected);
            assert_eq!(key().as_ref(), Some(sealed_to));
        }
    }

    #[wasm_bindgen_test]
    fn what_is_no_key_set_is_no_key() {
        let one = test_key(0x81);
        let other = test_key(0x83).to_jwk().replace("AQAB", "Aw");
        for text in [
            "null",
            "1",
            "{}",
            r#"{"keys":null}"#,
            r#"{"keys":{}}"#,
            r#"{"keys":[null,1,{"n":1},{"e":"AQAB","n":"AQAB"}]}"#,
            &[r#"{"keys":["#, &other, "]}"].concat(),
        ] {
            load_with(&one, None);
            assert_eq!(renew_key(&json(text)), NewKey::None, "{text}");
        }
        assert_eq!(renew_key(&JsValue::UNDEFINED), NewKey::None);
    }
}
