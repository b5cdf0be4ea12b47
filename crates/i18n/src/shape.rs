//! What a message is made of, and how its plural is taken out of Fluent's hands.
//!
//! Fluent would choose plurals by rules that are wrong for Lithuanian. So each selector over a
//! plain argument, `{ $x -> … }`, becomes one over a text that we compute, `{ $x-category -> … }`.
//! A variant for exactly none, `[0]`, is kept: such a selector is over `$x-form`, which says
//! `zero` there and is the category everywhere else. (No language of ours has the CLDR category
//! `zero`.)

use std::collections::BTreeSet;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, Variant,
    VariantKey,
};

/// What a text needs in order to be formatted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageSignature {
    /// The arguments it shows or selects by.
    pub arguments: BTreeSet<String>,
    /// The argument that chooses the form, if there are forms.
    pub selector: Option<String>,
    /// The forms, in the file's order; `zero` stands for exactly none.
    pub forms: Vec<&'static str>,
}

/// Rewrites every selector and returns the shape of each text under its key, attributes as
/// `key.attribute`.
///
/// # Errors
/// Says what is wrong: a variant that is not a plural category, or a second selector in one text.
pub fn rewrite(resource: &mut Resource<String>) -> Result<Vec<(String, MessageSignature)>, String> {
    let mut shapes = Vec::new();
    for entry in &mut resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let key = message.id.name.clone();
        if let Some(pattern) = &mut message.value {
            let shape = of_pattern(pattern).map_err(|defect| format!("{key}: {defect}"))?;
            shapes.push((key.clone(), shape));
        }
        for attribute in &mut message.attributes {
            let key = format!("{key}.{}", attribute.id.name);
            let shape =
                of_pattern(&mut attribute.value).map_err(|defect| format!("{key}: {defect}"))?;
            shapes.push((key, shape));
        }
    }
    Ok(shapes)
}

fn of_pattern(pattern: &mut Pattern<String>) -> Result<MessageSignature, String> {
    let mut shape = MessageSignature::default();
    add_pattern(pattern, &mut shape)?;
    Ok(shape)
}

fn add_pattern(pattern: &mut Pattern<String>, shape: &mut MessageSignature) -> Result<(), String> {
    for element in &mut pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            add_expression(expression, shape)?;
        }
    }
    Ok(())
}

fn add_expression(
    expression: &mut Expression<String>,
    shape: &mut MessageSignature,
) -> Result<(), String> {
    match expression {
        Expression::Inline(inline) => add_inline(inline, shape),
        Expression::Select { selector, variants } => {
            let InlineExpression::VariableReference { id } = selector else {
                return Err("selects by something other than an argument".into());
            };
            if shape.selector.is_some() {
                return Err("has a second selector".into());
            }
            shape.arguments.insert(id.name.clone());
            shape.selector = Some(id.name.clone());
            for variant in variants.iter_mut() {
                let form = form(variant)?;
                variant.key = VariantKey::Identifier { name: form.into() };
                shape.forms.push(form);
            }
            id.name.push_str(if shape.forms.contains(&"zero") {
                FORM
            } else {
                CATEGORY
            });
            for variant in variants {
                add_pattern(&mut variant.value, shape)?;
            }
            Ok(())
        }
    }
}

fn add_inline(
    inline: &mut InlineExpression<String>,
    shape: &mut MessageSignature,
) -> Result<(), String> {
    match inline {
        InlineExpression::VariableReference { id } => {
            shape.arguments.insert(id.name.clone());
            Ok(())
        }
        InlineExpression::Placeable { expression } => add_expression(expression, shape),
        InlineExpression::FunctionReference { arguments, .. }
        | InlineExpression::TermReference {
            arguments: Some(arguments),
            ..
        } => add_call(arguments, shape),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => Ok(()),
    }
}

fn add_call(
    arguments: &mut CallArguments<String>,
    shape: &mut MessageSignature,
) -> Result<(), String> {
    for inline in &mut arguments.positional {
        add_inline(inline, shape)?;
    }
    Ok(())
}

fn form(variant: &Variant<String>) -> Result<&'static str, String> {
    match &variant.key {
        VariantKey::NumberLiteral { value } if value == "0" => Ok("zero"),
        VariantKey::Identifier { name } => ["one", "two", "few", "many", "other"]
            .into_iter()
            .find(|known| known == name)
            .ok_or_else(|| format!("has a variant [{name}], which is no plural category")),
        VariantKey::NumberLiteral { value } => {
            Err(format!("has a variant [{value}]; only [0] can be"))
        }
    }
}

/// What the argument's name gains when it stands for its plural category.
pub const CATEGORY: &str = "-category";
/// What the argument's name gains when it stands for its category, or `zero` for exactly none.
pub const FORM: &str = "-form";

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(source: &str) -> Result<(String, Vec<(String, MessageSignature)>), String> {
        let mut resource = fluent_syntax::parser::parse(source.to_owned()).expect("parses");
        let shapes = rewrite(&mut resource)?;
        Ok((fluent_syntax::serializer::serialize(&resource), shapes))
    }

    #[test]
    fn the_selector_becomes_a_text() {
        let (text, shapes) =
            rewritten("a = { $n ->\n [one] { $n } of { $m }\n *[other] x\n }\n").expect("rewrites");
        assert!(text.contains("{ $n-category ->"), "{text}");
        assert!(text.contains("{ $n } of { $m }"), "{text}");
        assert_eq!(shapes[0].1.selector.as_deref(), Some("n"));
        assert_eq!(shapes[0].1.forms, ["one", "other"]);
        assert_eq!(
            shapes[0].1.arguments,
            ["m", "n"].map(String::from).into_iter().collect()
        );
    }

    #[test]
    fn exactly_none_has_a_form_of_its_own() {
        let (text, shapes) =
            rewritten("a = b\n .do = { $n ->\n [0] none\n *[other] some\n }\n").expect("rewrites");
        assert!(text.contains("{ $n-form ->"), "{text}");
        assert_eq!(shapes[1].0, "a.do");
        assert_eq!(shapes[1].1.forms, ["zero", "other"]);
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
