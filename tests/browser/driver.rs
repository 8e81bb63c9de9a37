//! The chromedriver process.

use anyhow::{Context, Result, anyhow};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running chromedriver; ends, with its browsers, when dropped.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts it on a port that is free.
    pub(crate) fn start() -> Result<Self> {
        // Set by xtask.
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| {
                format!(
                    "cannot start {}: run `cargo xtask test`, which installs it",
                    program.display()
                )
            })?;
        let mut output = BufReader::new(process.stdout.take().expect("piped"));
        let port = port_in(&mut output);
        // Nobody reads the rest, and a full pipe would stop the driver.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        match port {
            Ok(port) => Ok(Self { process, port }),
            Err(error) => {
                let _ = process.kill();
                Err(error)
            }
        }
    }

    /// Where WebDriver clients connect to.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Killing the driver would leave its browsers running; asked to shut down it ends them.
    fn shut_down(&self) -> Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream
            .write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Err(error) = self.shut_down() {
            eprintln!("chromedriver does not shut down: {error:#}");
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Asked for port 0, it takes a free one and says which.
fn port_in(output: &mut impl BufRead) -> Result<u16> {
    for line in output.lines() {
        let line = line?;
        if let Some(rest) = line.split_once("successfully on port ") {
            let digits = rest.1.trim_end_matches('.');
            return digits.parse().with_context(|| format!("no port in `{line}`"));
        }
    }
    Err(anyhow!("chromedriver ended without saying its port"))
}
