//! Child processes: started without what `cargo xtask` set for itself, and with progress where
//! they take long.

use crate::workspace;
use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{BufReader, IsTerminal, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How much of a failed child's output is shown.
const TAIL_LINES: usize = 40;
/// Without a terminal there is no bar; a line now and then shows that it goes on.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// A command in the repository's folder.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    // Cargo tells xtask about itself and its package. A child that is a cargo, or calls one, would
    // take that for its own; the user's settings (CARGO_HOME, CARGO_BUILD_JOBS…) stay.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];
        if own.iter().any(|prefix| text.starts_with(prefix)) || text == "CARGO" {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end, with the child's output shown as it comes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line_of(command));
    }
    Ok(())
}

/// Standard output of a command that succeeds; `None` if it fails or does not exist.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Says `what` and about how long, then runs to the end showing progress instead of output.
pub(crate) fn run_with_progress(command: &mut Command, what: &str, duration: &str) -> Result<()> {
    println!("{what}, about {duration}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Cargo draws its bar only for a terminal; here its numbers are wanted.
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80")
        .env("CARGO_TERM_COLOR", "never")
        // A failure's own words are shown; how the tool came to them helps nobody here.
        .env("RUST_BACKTRACE", "0")
        .spawn()
        .with_context(|| cannot_start(command))?;
    let (sender, lines) = mpsc::channel();
    read_lines(child.stdout.take().expect("piped"), sender.clone());
    read_lines(child.stderr.take().expect("piped"), sender);

    let tail = show_progress(&lines, duration);
    let status = child.wait()?;
    if !status.success() {
        let tail: Vec<_> = tail.into();
        bail!("`{}` failed ({status}):\n{}", line_of(command), tail.join("\n"));
    }
    Ok(())
}

/// Draws until both pipes are closed; returns the last lines.
fn show_progress(lines: &mpsc::Receiver<String>, duration: &str) -> VecDeque<String> {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar.set_style(style(&format!("{{spinner}} {{elapsed}} of about {duration}  {{wide_msg}}")));
    let with_length = format!("[{{bar:30}}] {{pos}}/{{len}}  {{elapsed}} of about {duration}");
    let started = Instant::now();
    let mut heard = started;
    let mut tail = VecDeque::new();
    for line in lines {
        if let Some((done, total)) = progress_in(&line) {
            bar.set_style(style(&with_length));
            bar.set_length(total);
            bar.set_position(done);
        } else {
            bar.set_message(line.trim().to_owned());
            tail.push_back(line.clone());
            if tail.len() > TAIL_LINES {
                tail.pop_front();
            }
        }
        if !std::io::stderr().is_terminal() && heard.elapsed() > HEARTBEAT {
            heard = Instant::now();
            println!("  {} s: {}", started.elapsed().as_secs(), line.trim());
        }
    }
    bar.finish_and_clear();
    println!("  done in {} s", started.elapsed().as_secs());
    tail
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates are constant")
}

/// The two numbers of cargo's `Building [==>   ] 12/300: name`.
fn progress_in(line: &str) -> Option<(u64, u64)> {
    let numbers = line.split_once("] ")?.1.split(':').next()?;
    let (done, total) = numbers.split_once('/')?;
    Some((done.trim().parse().ok()?, total.trim().parse().ok()?))
}

/// Sends each line; a carriage return, as of a bar that is drawn again, ends a line too.
fn read_lines(pipe: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    std::thread::spawn(move || {
        let mut line = Vec::new();
        for byte in BufReader::new(pipe).bytes().map_while(Result::ok) {
            if byte != b'\n' && byte != b'\r' {
                line.push(byte);
            } else if !line.is_empty() {
                let text = String::from_utf8_lossy(&line).into_owned();
                line.clear();
                if sender.send(text).is_err() {
                    return;
                }
            }
        }
    });
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", command.get_program().display())
}

fn line_of(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_from_cargos_bar_and_nothing_else() {
        assert_eq!(progress_in("    Building [==>     ] 12/300: foo, bar(bin)"), Some((12, 300)));
        assert_eq!(progress_in("   Compiling foo v1.0.0"), None);
        assert_eq!(progress_in("Get:1 [3,012 kB] x/y: z"), None);
    }
}
