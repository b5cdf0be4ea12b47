//! What the server gave with the page: the tenant, the agent's key, the server's clock, the words.

use crate::words::Value;
use js_sys::{Array, Date, JSON, Object, Reflect};
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::Document;
use postern_envelope::PublicKey;
use std::cell::OnceCell;
use wasm_bindgen::JsCast;

/// The element that holds the data: inert JSON, which no browser runs.
const ELEMENT: &str = "page";

thread_local! {
    static PAGE: OnceCell<Page> = const { OnceCell::new() };
}

#[derive(Default)]
struct Page {
    root: JsValue,
    words: JsValue,
    data: JsValue,
    language: String,
    /// What to add to this device's clock to have the server's, in seconds.
    clock_offset: f64,
}

/// Keeps the words and the root, and reads the page's data.
pub fn load(words: JsValue, root: JsValue) {
    PAGE.with(|page| {
        let _is_loaded_once = page.set(Page::read(words, root));
    });
}

fn with<T>(act: impl FnOnce(&Page) -> T) -> T {
    PAGE.with(|page| act(page.get_or_init(Page::default)))
}

/// Where the card is: the document, or a shadow root, which finds elements by the same name. What
/// else is asked of it, its title, a shadow root takes and nobody sees.
pub fn root() -> Document {
    with(|page| page.root.clone().unchecked_into())
}

/// The portal's origin where the page is another site's; else nothing.
pub fn base() -> String {
    with(|page| string(&page.data, "base"))
}

/// The tenant's name in addresses.
pub fn tenant() -> String {
    with(|page| string(&page.data, "tenant"))
}

/// The language that the page is in.
pub fn language() -> String {
    with(|page| page.language.clone())
}

/// The agent's key.
pub fn key() -> Option<PublicKey> {
    PublicKey::from_n(&with(|page| string(&page.data, "key")))
}

/// Now, by the server's clock, in seconds since the Unix epoch.
pub fn now() -> u64 {
    with(|page| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds since 1970 fit; a float cast saturates"
        )]
        let now = (Date::now() / 1000.0 + page.clock_offset) as u64;
        now
    })
}

/// The text of a key, with its arguments put in.
pub fn text(key: &str, arguments: &[(&'static str, Value)]) -> String {
    with(|page| {
        let template = get(&page.words, key);
        if template.is_undefined() {
            // A text of the page itself may need no `.do`; the tests see to the rest.
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
    fn read(words: JsValue, root: JsValue) -> Self {
        let json = root
            .unchecked_ref::<Document>()
            .get_element_by_id(ELEMENT)
            .and_then(|element| element.text_content())
            .unwrap_or_default();
        let data = JSON::parse(&json).unwrap_or_default();
        Self {
            language: string(&data, "language"),
            clock_offset: get(&data, "now").as_f64().unwrap_or_default() - Date::now() / 1000.0,
            root,
            words,
            data,
        }
    }

    /// The CLDR plural category of a number in the page's language.
    fn category(&self, count: u16) -> String {
        let rules = js_sys::Intl::PluralRules::new(&self.locales(), &Object::new());
        rules.select(f64::from(count)).into()
    }

    /// The text with each `{name}` replaced by its value.
    fn fill(&self, text: &str, arguments: &[(&'static str, Value)]) -> String {
        let mut parts = text.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or(("", part));
            if let Some((_, value)) = arguments.iter().find(|(known, _)| *known == name) {
                filled.push_str(&self.show(value));
            }
            filled.push_str(rest);
        }
        filled
    }

    fn show(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Count(count) => count.to_string(),
            Value::Moment(time) => self.moment(*time, Some("long")),
            Value::Clock(time) => self.moment(*time, None),
        }
    }

    fn moment(&self, time: u64, date_style: Option<&str>) -> String {
        let options = Object::new();
        let set = |key: &str, value: &str| {
            let _a_fresh_object_takes_it = Reflect::set(&options, &key.into(), &value.into());
        };
        set("timeStyle", "short");
        if let Some(style) = date_style {
            set("dateStyle", style);
        }
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are exact")]
        let date = Date::new(&(time as f64 * 1000.0).into());
        date.to_locale_string(&self.date_locale(), &options).into()
    }

    /// How the person writes dates: as their browser says for this language, with its country.
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
