//! Certificate authorities in a file.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::Path;

/// Reads the certificate authorities of a PEM file (RFC 7468).
///
/// # Errors
/// What is wrong with the file, which the text does not name.
pub fn load(file: &Path) -> Result<RootCertStore, String> {
    let certificates = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| error.to_string())?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    if roots.is_empty() {
        return Err("it holds no certificate in PEM".to_owned());
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_at_least_one_certificate_and_nothing_that_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let made = rcgen::generate_simple_self_signed(["ca.example".to_owned()]).unwrap();
        let pem = made.cert.pem();
        std::fs::write(&file, [pem.as_str(), &pem].concat()).unwrap();
        assert_eq!(load(&file).unwrap().len(), 2);
        for text in ["", "no PEM", &made.signing_key.serialize_pem()] {
            std::fs::write(&file, text).unwrap();
            let refused = load(&file).unwrap_err();
            assert_eq!(refused, "it holds no certificate in PEM");
        }
        let broken = pem.replace("MII", "MIX");
        std::fs::write(&file, broken).unwrap();
        assert!(load(&file).is_err());
        assert!(load(&folder.path().join("none.pem")).is_err());
    }
}
