//! A real Active Directory domain controller (Samba) in a temporary folder, for tests.
//!
//! Needs Debian's `samba samba-ad-dc samba-ad-provision samba-dsdb-modules ldb-tools`, root, and
//! the ports 389, 636, 3268 and 3269 of 127.0.0.1.

use crate::clock;
use base64ct::{Base64, Encoding};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A result whose error is a message for the person who runs the command.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

const HOST: &str = "dc1.corp.example";
const BASE: &str = "DC=corp,DC=example";
const AGENT: &str = "svc-postern@corp.example";
const ADDRESS: &str = "127.0.0.1:636";

/// The time within which Samba has to answer on its port, and to stop.
const SAMBA_TIMEOUT: Duration = Duration::from_secs(30);

/// A running domain controller. Dropping it stops it and removes its folder.
#[derive(Debug)]
pub struct Dc {
    samba: Child,
    folder: tempfile::TempDir,
}

/// Starts a domain controller, runs a command with its environment, and stops it.
pub fn run(command: &[String]) -> Result<ExitStatus> {
    let (program, arguments) = command
        .split_first()
        .ok_or("dc run: expected a command after --")?;
    let dc = Dc::start()?;
    Ok(Command::new(program)
        .args(arguments)
        .envs(dc.environment())
        .status()?)
}

impl Dc {
    /// Provisions a fresh domain, starts it and waits until it answers.
    pub fn start() -> Result<Self> {
        let address: SocketAddr = ADDRESS.parse()?;
        if TcpStream::connect_timeout(&address, Duration::from_millis(300)).is_ok() {
            return Err(format!("expected a free port, but {ADDRESS} is in use").into());
        }
        if fs::metadata("/proc/self")?.uid() != 0 {
            return Err(
                "a domain controller needs root for its ports and its files: \
                        run this command as root"
                    .into(),
            );
        }
        let folder = tempfile::Builder::new().prefix("postern-dc-").tempdir()?;
        let path = folder.path();
        provision(path)?;
        write_certificates(path)?;
        fs::write(path.join("smb.conf"), configuration(path))?;
        populate(path)?;
        let mut samba = Command::new("samba")
            .args(["-i", "--no-process-group", "-s"])
            .arg(path.join("smb.conf"))
            .envs(clock::variables().iter().cloned())
            // A process group of its own, to stop it with all its children; a pipe as its input,
            // because with `-i` it stops by itself when that closes, so it cannot outlive us.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(fs::File::create(path.join("samba.err"))?)
            .spawn()
            .map_err(|e| format!("samba: {e}"))?;
        let started = Instant::now();
        while TcpStream::connect_timeout(&address, Duration::from_millis(300)).is_err() {
            if let Some(status) = samba.try_wait()? {
                let log = fs::read_to_string(path.join("samba.err")).unwrap_or_default();
                return Err(format!("samba stopped ({status}): {log}").into());
            }
            if started.elapsed() > SAMBA_TIMEOUT {
                stop(&mut samba);
                let seconds = SAMBA_TIMEOUT.as_secs();
                return Err(format!("no answer from samba on {ADDRESS} in {seconds} s").into());
            }
            sleep(Duration::from_millis(50));
        }
        Ok(Self { samba, folder })
    }

    /// Returns the environment variables by which tests find it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        [
            ("POSTERN_DC_URL", format!("ldaps://{HOST}")),
            ("POSTERN_DC_ADDRESS", ADDRESS.to_owned()),
            ("POSTERN_DC_CA", file("ca.pem")),
            ("POSTERN_DC_BIND_NAME", AGENT.to_owned()),
            ("POSTERN_DC_BIND_PASSWORD_FILE", file("agent-password")),
            ("POSTERN_DC_ADMIN_PASSWORD_FILE", file("admin-password")),
            ("POSTERN_DC_BASE", BASE.to_owned()),
            ("POSTERN_DC_GROUP", self.samba.id().to_string()),
            ("POSTERN_MAIL_CERTIFICATE", file("mail-cert.pem")),
            ("POSTERN_MAIL_KEY", file("mail-key.pem")),
            ("POSTERN_OTHER_CA", file("other-ca.pem")),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

impl Drop for Dc {
    fn drop(&mut self) {
        stop(&mut self.samba);
    }
}

/// Stops Samba and everything it started: its process group, which we made for it.
fn stop(samba: &mut Child) {
    let group = format!("-{}", samba.id());
    let signal = |name: &str| {
        // A negative number means the group. It may have stopped already.
        let _ = Command::new("kill")
            .args([name, "--", &group])
            .stderr(Stdio::null())
            .status();
    };
    signal("-TERM");
    let started = Instant::now();
    while started.elapsed() < SAMBA_TIMEOUT && matches!(samba.try_wait(), Ok(None)) {
        sleep(Duration::from_millis(20));
    }
    signal("-KILL");
    let _ = samba.wait();
}

fn provision(path: &Path) -> Result<()> {
    let output = Command::new("samba-tool")
        .envs(clock::variables().iter().cloned())
        .args(["domain", "provision", "--realm=CORP.EXAMPLE"])
        .args(["--domain=CORP", "--server-role=dc"])
        .args(["--dns-backend=SAMBA_INTERNAL", "--host-name=dc1"])
        .args(["--host-ip=127.0.0.1", "--option=interfaces=lo"])
        .args(["--option=bind interfaces only=yes"])
        .args(["--option=vfs objects=acl_xattr xattr_tdb"])
        .arg(format!("--targetdir={}", path.display()))
        .output()
        .map_err(|e| format!("samba-tool: {e}"))?;
    let text = output_text(&output);
    if !output.status.success() || text.contains("ERROR") {
        return Err(format!("samba-tool domain provision: {text}").into());
    }
    // samba-tool chooses the password itself, so that no command line contains it.
    let password = text
        .lines()
        .find_map(|line| line.split_once("Admin password:"))
        .ok_or("samba-tool domain provision: expected a line \"Admin password:\", found none")?;
    write_secret(&path.join("admin-password"), password.1.trim())
}

/// Writes a test CA with certificates for the domain controller and for a mail server on this
/// machine: the certificate that Samba generates has no subject alternative name. Also writes
/// another CA, which has issued no certificate.
fn write_certificates(path: &Path) -> Result<()> {
    let authority = authority()?;
    fs::write(path.join("ca.pem"), authority.pem())?;
    fs::write(path.join("other-ca.pem"), self::authority()?.pem())?;
    for (host, certificate, key_file) in [
        (HOST, "cert.pem", "key.pem"),
        ("localhost", "mail-cert.pem", "mail-key.pem"),
    ] {
        let key = KeyPair::generate()?;
        let mut parameters = CertificateParams::new(vec![host.to_owned()])?;
        // OpenSSL considers a certificate with the same name as its issuer self-signed.
        parameters.distinguished_name.push(DnType::CommonName, host);
        let host = parameters.signed_by(&key, &authority)?;
        fs::write(path.join(certificate), host.pem())?;
        write_secret(&path.join(key_file), &key.serialize_pem())?;
    }
    Ok(())
}

fn authority() -> Result<CertifiedIssuer<'static, KeyPair>> {
    let mut parameters = CertificateParams::new(Vec::new())?;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(CertifiedIssuer::self_signed(
        parameters,
        KeyPair::generate()?,
    )?)
}

/// Returns an smb.conf that is independent of the machine's own Samba: every folder is in `path`.
fn configuration(path: &Path) -> String {
    format!(
        "[global]
	netbios name = DC1
	workgroup = CORP
	realm = CORP.EXAMPLE
	server role = active directory domain controller
	server services = ldap
	interfaces = lo
	bind interfaces only = yes
	vfs objects = acl_xattr xattr_tdb
	private dir = {path}/private
	state directory = {path}/state
	cache directory = {path}/cache
	lock directory = {path}
	pid directory = {path}
	binddns dir = {path}/bind-dns
	ncalrpc dir = {path}/ncalrpc
	log file = {path}/samba.log
	tls cafile = {path}/ca.pem
	tls certfile = {path}/cert.pem
	tls keyfile = {path}/key.pem
",
        path = path.display()
    )
}

/// Adds the password policy, two organizational units, and the agent's account with its delegated
/// rights.
fn populate(path: &Path) -> Result<()> {
    let password = format!("Sv-{}", random()?);
    write_secret(&path.join("agent-password"), &password)?;
    let entries = format!(
        "dn: OU=People,{BASE}
objectClass: organizationalUnit

dn: OU=ResetOnly,{BASE}
objectClass: organizationalUnit

dn: CN=svc-postern,CN=Users,{BASE}
objectClass: user
sAMAccountName: svc-postern
userPrincipalName: {AGENT}
userAccountControl: 66048
clearTextPassword:: {}
",
        base64_of_utf16(&password)
    );
    ldb("ldbadd", path, &entries)?;
    // No minimum age, so that a test can reset at once; a lockout, so that a test can unlock. Its
    // threshold leaves room for three wrong passwords at a change and for two further tries.
    let policy = format!(
        "dn: {BASE}
changetype: modify
replace: minPwdLength
minPwdLength: 12
-
replace: pwdHistoryLength
pwdHistoryLength: 24
-
replace: minPwdAge
minPwdAge: 0
-
replace: pwdProperties
pwdProperties: 1
-
replace: lockoutThreshold
lockoutThreshold: 5
"
    );
    ldb("ldbmodify", path, &policy)?;
    grant_rights(path)
}

/// Grants the agent's account the rights that it needs (docs of the LDAP engine).
fn grant_rights(path: &Path) -> Result<()> {
    let sid = sid_of_agent(path)?;
    let people = "bf967aba-0de6-11d0-a285-00aa003049e2";
    let reset = format!("(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;{people};{sid})");
    let rights = [
        reset.clone(),
        // Change password
        format!("(OA;CIIO;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;{people};{sid})"),
        // lockoutTime
        format!("(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;{people};{sid})"),
        // pwdLastSet
        format!("(OA;CIIO;RPWP;bf967a0a-0de6-11d0-a285-00aa003049e2;{people};{sid})"),
    ];
    grant(path, &format!("OU=People,{BASE}"), &rights.concat())?;
    // A unit in which the agent may reset but not unlock: an incomplete delegation.
    grant(path, &format!("OU=ResetOnly,{BASE}"), &reset)?;
    // Unexpire password
    let unexpire = format!("(OA;;CR;ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501;;{sid})");
    grant(path, BASE, &unexpire)?;
    // By default only administrators can read fine-grained policies.
    let container = format!("CN=Password Settings Container,CN=System,{BASE}");
    grant(path, &container, &format!("(A;CI;LCRPLORC;;;{sid})"))
}

fn grant(path: &Path, dn: &str, sddl: &str) -> Result<()> {
    let output = Command::new("samba-tool")
        .envs(clock::variables().iter().cloned())
        .args(["dsacl", "set", "--action=allow"])
        .args(["--objectdn", dn, "--sddl", sddl, "-H"])
        .arg(database(path))
        .arg("-s")
        .arg(path.join("smb.conf"))
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("samba-tool dsacl set: {}", output_text(&output)).into())
}

fn sid_of_agent(path: &Path) -> Result<String> {
    let output = Command::new("ldbsearch")
        .envs(clock::variables().iter().cloned())
        .arg("-H")
        .arg(database(path))
        .args(["(sAMAccountName=svc-postern)", "objectSid"])
        .output()?;
    let text = output_text(&output);
    let sid = text
        .lines()
        .find_map(|line| line.strip_prefix("objectSid: "));
    let sid = sid.ok_or("ldbsearch: expected the agent's objectSid, found none")?;
    Ok(sid.to_owned())
}

/// Runs one of the ldb tools on the database, before Samba is started.
fn ldb(tool: &str, path: &Path, ldif: &str) -> Result<()> {
    let mut child = Command::new(tool)
        .envs(clock::variables().iter().cloned())
        .arg("-H")
        .arg(database(path))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{tool}: {e}"))?;
    let mut input = child.stdin.take().ok_or("no input")?;
    input.write_all(ldif.as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{tool}: {}", output_text(&output)).into())
}

fn database(path: &Path) -> PathBuf {
    path.join("private/sam.ldb")
}

fn output_text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&both).into_owned()
}

fn write_secret(path: &Path, secret: &str) -> Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    Ok(file.write_all(secret.as_bytes())?)
}

fn random() -> Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Returns the value for `clearTextPassword` in LDIF: base64 of UTF-16LE.
fn base64_of_utf16(text: &str) -> String {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Base64::encode_string(&bytes)
}
