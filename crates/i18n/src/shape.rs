//! The signatures of messages, and the rewriting of plural selectors.
//!
//! Fluent would choose plurals by rules that are wrong for Lithuanian. So each selector over a
//! plain argument, `{ $x -> … }`, becomes one over a text that we compute, `{ $x-category -> … }`.
//! A variant for exactly 0, `[0]`, is kept: such a selector is over `$x-form`, which is `zero` for
//! 0 and the category otherwise. (No supported language has the CLDR category `zero`.)

use std::collections::BTreeSet;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, Variant,
    VariantKey,
};

/// The arguments and plural forms of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageSignature {
    /// The arguments that the text shows or selects by.
    pub arguments: BTreeSet<String>,
    /// The argument that selects the form, if there are forms.
    pub selector: Option<String>,
    /// The forms, in the file's order; `zero` means exactly 0.
    pub forms: Vec<&'static str>,
}

/// Rewrites every selector and returns the signature of each text under its key, attributes as
/// `key.attribute`.
///
/// # Errors
/// The key and the defect: a variant that is not a plural category, a selector that is not an
/// argument, or a second selector in one text.
pub fn rewrite(resource: &mut Resource<String>) -> Result<Vec<(String, MessageSignature)>, String> {
    let mut signatures = Vec::new();
    for entry in &mut resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let key = message.id.name.clone();
        if let Some(pattern) = &mut message.value {
            let signature =
                pattern_signature(pattern).map_err(|defect| format!("{key}: {defect}"))?;
            signatures.push((key.clone(), signature));
        }
        for attribute in &mut message.attributes {
            let key = format!("{key}.{}", attribute.id.name);
            let signature = pattern_signature(&mut attribute.value)
                .map_err(|defect| format!("{key}: {defect}"))?;
            signatures.push((key, signature));
        }
    }
    Ok(signatures)
}

fn pattern_signature(pattern: &mut Pattern<String>) -> Result<MessageSignature, String> {
    let mut signature = MessageSignature::default();
    add_pattern(pattern, &mut signature)?;
    Ok(signature)
}

fn add_pattern(
    pattern: &mut Pattern<String>,
    signature: &mut MessageSignature,
) -> Result<(), String> {
    for element in &mut pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            add_expression(expression, signature)?;
        }
    }
    Ok(())
}

fn add_expression(
    expression: &mut Expression<String>,
    signature: &mut MessageSignature,
) -> Result<(), String> {
    match expression {
        Expression::Inline(inline) => add_inline(inline, signature),
        Expression::Select { selector, variants } => {
            let InlineExpression::VariableReference { id } = selector else {
                return Err("selects by something other than an argument".into());
            };
            if signature.selector.is_some() {
                return Err("has a second selector".into());
            }
            signature.arguments.insert(id.name.clone());
            signature.selector = Some(id.name.clone());
            for variant in variants.iter_mut() {
                let form = parse_form(variant)?;
                variant.key = VariantKey::Identifier { name: form.into() };
                signature.forms.push(form);
            }
            id.name.push_str(if signature.forms.contains(&"zero") {
                FORM
            } else {
                CATEGORY
            });
            for variant in variants {
                add_pattern(&mut variant.value, signature)?;
            }
            Ok(())
        }
    }
}

fn add_inline(
    inline: &mut InlineExpression<String>,
    signature: &mut MessageSignature,
) -> Result<(), String> {
    match inline {
        InlineExpression::VariableReference { id } => {
            signature.arguments.insert(id.name.clone());
            Ok(())
        }
        InlineExpression::Placeable { expression } => add_expression(expression, signature),
        InlineExpression::FunctionReference { arguments, .. }
        | InlineExpression::TermReference {
            arguments: Some(arguments),
            ..
        } => add_call(arguments, signature),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => Ok(()),
    }
}

fn add_call(
    arguments: &mut CallArguments<String>,
    signature: &mut MessageSignature,
) -> Result<(), String> {
    for inline in &mut arguments.positional {
        add_inline(inline, signature)?;
    }
    Ok(())
}

fn parse_form(variant: &Variant<String>) -> Result<&'static str, String> {
    match &variant.key {
        VariantKey::NumberLiteral { value } if value == "0" => Ok("zero"),
        VariantKey::Identifier { name } => ["one", "two", "few", "many", "other"]
            .into_iter()
            .find(|known| known == name)
            .ok_or_else(|| format!("has a variant [{name}], which is not a plural category")),
        VariantKey::NumberLiteral { value } => Err(format!(
            "has a variant [{value}]; expected [0] or a plural category"
        )),
    }
}

/// The suffix of an argument's name that stands for its plural category.
pub const CATEGORY: &str = "-category";
/// The suffix of an argument's name that stands for its category, or `zero` for exactly 0.
pub const FORM: &str = "-form";

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(source: &str) -> Result<(String, Vec<(String, MessageSignature)>), String> {
        let mut resource = fluent_syntax::parser::parse(source.to_owned()).expect("parses");
        let signatures = rewrite(&mut resource)?;
        Ok((fluent_syntax::serializer::serialize(&resource), signatures))
    }

    #[test]
    fn the_selector_becomes_a_text() {
        let (text, signatures) =
            rewritten("a = { $n ->\n [one] { $n } of { $m }\n *[other] x\n }\n").expect("rewrites");
        assert!(text.contains("{ $n-category ->"), "{text}");
        assert!(text.contains("{ $n } of { $m }"), "{text}");
        assert_eq!(signatures[0].1.selector.as_deref(), Some("n"));
        assert_eq!(signatures[0].1.forms, ["one", "other"]);
        assert_eq!(
            signatures[0].1.arguments,
            ["m", "n"].map(String::from).into_iter().collect()
        );
    }

    #[test]
    fn exactly_none_has_a_form_of_its_own() {
        let (text, signatures) =
            rewritten("a = b\n .do = { $n ->\n [0] none\n *[other] some\n }\n").expect("rewrites");
        assert!(text.contains("{ $n-form ->"), "{text}");
        assert_eq!(signatures[1].0, "a.do");
        assert_eq!(signatures[1].1.forms, ["zero", "other"]);
    }

    #[test]
    fn what_has_no_template_is_refused() {
        for source in [
            "a = { $n ->\n [lots] x\n *[other] y\n }\n",
            "a = { $n ->\n [1] x\n *[other] y\n }\n",
            "a = { $n ->\n *[other] y\n } { $m ->\n *[other] y\n }\n",
            "a = { NUMBER($n) ->\n *[other] y\n }\n",
        ] {
            assert!(rewritten(source).is_err(), "{source}");
        }
    }
}
