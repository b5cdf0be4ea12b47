//! Makes a module lean, between wasm-bindgen and wasm-opt: what the page never runs is removed, from
//! the module and from its script alike.

use crate::split::{LOADER, LOADERS};
use std::collections::HashMap;
use walrus::ir::Unreachable;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// What the exports are called by which `wasm-streams` hands streams to scripts. It comes with
/// Leptos's server functions, which this page has none of.
const UNUSED: &str = "intounderlying";

/// What the linker exports besides what chunks use: with them wasm-bindgen keeps all of its exports.
const UNUSED_OF_LINKER: [&str; 4] = [
    "__abort_handler",
    "__data_end",
    "__heap_base",
    "__instance_terminated",
];

/// What only those exports run, and the table of functions keeps in.
const NEVER_RUN: [&str; 2] = ["wasm_streams::", "::future_to_promise"];

/// Functions that end in a trap after they have said why. Their words go to a standard error
/// that no browser has, so they trap at once: a panic stays a panic.
const PANICS: [&str; 15] = [
    "::assert_failed",
    "::capacity_overflow",
    "::expect_failed",
    "::fmt::Debug>::fmt",
    "::handle_alloc_error",
    "::len_mismatch_fail",
    "::panic_access_error",
    "::panic_already_",
    "::panicking::begin_panic",
    "::panicking::panic",
    "::raw_vec::handle_error",
    "::rust_begin_unwind",
    "::slice_error_fail",
    "::slice_index_fail",
    "::unwrap_failed",
];

/// How wasm-bindgen writes the functions that the module imports.
const IMPORTS: &str = "const import0 = {\n        __proto__: null,";
const IMPORT: &str = "\n        __wb";
const IMPORTS_END: &str = "\n    };";

/// How it hands them to the module.
const IMPORTED: &str = ": import0,";

/// Makes the main part of a module and its wasm-bindgen script lean.
pub fn main(module: &mut Module, script: &str) -> Result<(Vec<u8>, String), String> {
    drop_unused_exports(module);
    if trap_at_once(module) == 0 {
        return Err("a module without names: no panic can be found in it".to_owned());
    }
    walrus::passes::gc::run(module);
    let loaders: Vec<String> = module
        .imports
        .iter()
        .filter(|import| import.module == LOADERS)
        .map(|import| import.name.clone())
        .collect();
    let names = rename_imports(module);
    let script = lean_script(&without_loaders(script), &names)?;
    let script = with_loaders(&script, &loaders, &names)?;
    Ok((module.emit_wasm(), script))
}

/// Makes a chunk lean. It has no script.
pub fn chunk(module: &mut Module) -> Vec<u8> {
    // wasm-bindgen does so with the names of the main part.
    for function in module.funcs.iter_mut() {
        // What only calls into the main part is no function of its own: it keeps its body.
        let name = function.name.take();
        let name = name.filter(|name| !name.ends_with("indirect_call_shim"));
        function.name = name.map(|name| rustc_demangle::demangle(&name).to_string());
    }
    trap_at_once(module);
    walrus::passes::gc::run(module);
    module.emit_wasm()
}

fn drop_unused_exports(module: &mut Module) {
    let unused: Vec<_> = module
        .exports
        .iter()
        .filter(|export| export.name.contains(UNUSED) || UNUSED_OF_LINKER.contains(&&*export.name))
        .map(walrus::Export::id)
        .collect();
    for export in unused {
        module.exports.delete(export);
    }
}

/// Replaces the body of every function that ends in a trap, or is never run, by a trap. Returns how many
/// there are.
fn trap_at_once(module: &mut Module) -> usize {
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            PANICS
                .iter()
                .chain(&NEVER_RUN)
                .any(|part| name.contains(part))
        })
        .collect();
    for id in &panics {
        let (parameters, results) = module.types.params_results(module.funcs.get(*id).ty());
        let (parameters, results) = (parameters.to_vec(), results.to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &parameters, &results);
        trap.func_body().instr(Unreachable {});
        let arguments = parameters.into_iter().map(|kind| module.locals.add(kind));
        let trap = trap.local_func(arguments.collect());
        module.funcs.get_mut(*id).kind = FunctionKind::Local(trap);
    }
    panics.len()
}

/// Gives the imports that are left short names; says which.
fn rename_imports(module: &mut Module) -> HashMap<String, String> {
    let functions = module.imports.iter_mut().enumerate();
    functions
        .map(|(place, import)| {
            let short = format!("i{place}");
            (std::mem::replace(&mut import.name, short.clone()), short)
        })
        .collect()
}

/// The script with the functions that the module still imports, by their short names, without
/// the classes of the dropped exports, and without exports of its own: it starts the page itself.
fn lean_script(script: &str, names: &HashMap<String, String>) -> Result<String, String> {
    let script: String = ["\n", script]
        .concat()
        .split("\nexport ")
        .filter(|part| !part.starts_with("class IntoUnderlying") && !part.starts_with('{'))
        .flat_map(|part| [part, "\n"])
        .collect();
    let (before, rest) = script.split_once(IMPORTS).ok_or("no imports")?;
    let (imports, after) = rest.split_once(IMPORTS_END).ok_or("no end of imports")?;
    let imports: String = imports
        .split(IMPORT)
        .filter_map(|import| {
            let (name, function) = import.split_once(": ")?;
            let name = names.get(&["__wb", name].concat())?;
            Some(["\n        ", name, ": ", function].concat())
        })
        .collect();
    Ok([before, IMPORTS, &imports, IMPORTS_END, after].concat())
}

/// The script without the imports of a loader's script: wasm-bindgen writes one for each loader.
fn without_loaders(script: &str) -> String {
    script
        .lines()
        .filter(|line| !line.contains(LOADERS))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Adds the loaders to the imports of the module: each calls the page's own `loadChunks` with the name
/// of its split point.
fn with_loaders(
    script: &str,
    loaders: &[String],
    names: &HashMap<String, String>,
) -> Result<String, String> {
    let (before, after) = script.split_once(IMPORTED).ok_or("no object of imports")?;
    let mut functions = String::new();
    for loader in loaders {
        let point = loader.trim_start_matches(LOADER);
        let name = names.get(loader).ok_or("a loader that is not imported")?;
        functions += &format!(
            "\n            {name}: (callback, data) => loadChunks(\"{point}\", callback, data),"
        );
    }
    let loaders = format!("\n        \"{LOADERS}\": {{{functions}\n        }},");
    Ok([before, IMPORTED, &loaders, after].concat())
}
