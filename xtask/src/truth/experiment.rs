//! One recorded experiment, and the model that stands for it.

use nicscope_core::machine::{CostProfile, Driver, Settings, Traffic};
use nicscope_core::scenario::{Parsed, parse_frame, traffic_of};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A row of the recording: depth, function or `@tracepoint {args}`, context.
pub(super) type Row = (u32, String, String);

/// An experiment as it was recorded.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Experiment {
    #[serde(rename = "experiment")]
    pub(super) name: String,
    pub(super) driver: String,
    pub(super) kernel: String,
    setup: BTreeMap<String, Value>,
    frames_hex: Vec<String>,
    pub(super) polls_work: Vec<u32>,
    #[serde(default)]
    pub(super) gro_results: BTreeMap<String, u32>,
    #[serde(default)]
    pub(super) refills: Vec<u32>,
    #[serde(default)]
    pub(super) skb_lens_to_stack: BTreeMap<String, u32>,
    pub(super) calls: Vec<Row>,
}

/// What the model runs for an experiment.
pub(super) struct Model {
    pub(super) settings: Settings,
    pub(super) traffic: Traffic,
}

impl Experiment {
    /// The model's settings and traffic; or the key of the set-up that it does not know.
    pub(super) fn model(&self) -> Result<Model, String> {
        let driver = match self.driver.as_str() {
            "igb" => Driver::Igb,
            "ice" => Driver::Ice,
            _ => return Err("driver".to_owned()),
        };
        if !self.kernel.starts_with("6.12") {
            return Err("kernel".to_owned());
        }
        let mut settings = Settings { costs: CostProfile::Emulator, ..Settings::of(driver) };
        for (key, value) in &self.setup {
            apply(&mut settings, key, value).ok_or_else(|| key.clone())?;
        }
        let bytes: Option<Vec<Vec<u8>>> = self.frames_hex.iter().map(|hex| bytes(hex)).collect();
        let bytes = bytes.ok_or("frames_hex")?;
        let length = |frame: &[u8]| u32::try_from(frame.len()).map_err(|_| "frames_hex");
        let frames: Result<Vec<Parsed<'_>>, _> =
            bytes.iter().map(|frame| Ok(parse_frame(frame, length(frame)?, 0))).collect();
        let frames = frames.map_err(|key: &str| key.to_owned())?;
        if frames.iter().any(|parsed| !matches!(parsed.frame.protocol, 6 | 17)) {
            return Err("frames_hex (only UDP and TCP are modelled)".to_owned());
        }
        let host = frames.first().and_then(|parsed| parsed.flow).map(|flow| flow.destination);
        Ok(Model { settings, traffic: traffic_of(&frames, host) })
    }
}

/// Applies one key of the set-up; none if the model does not know the key or the value.
fn apply(settings: &mut Settings, key: &str, value: &Value) -> Option<()> {
    let number = || value.as_u64().and_then(|number| u32::try_from(number).ok());
    match key {
        "receiver" => {
            // A stream's reader polls again after each read, which no covered function shows.
            settings.reads = match value.get("kind")?.as_str()? {
                "udp_blocked_in_recv" => u32::try_from(value.get("count")?.as_u64()?).ok()?,
                "tcp_blocked_in_poll" => 0,
                _ => return None,
            };
            // E3 queues 100 datagrams of 2,304 bytes without a drop, which the default of 212,992
            // does not allow: the receiver of the recordings had a larger buffer.
            settings.rcvbuf = 4 << 20;
        }
        "rx_ring" => settings.rx_ring = u16::try_from(number()?).ok()?,
        "rx_usecs" => settings.itr_ns = number()?.checked_mul(1_000)?,
        "netdev_budget" => settings.netdev_budget = number()?,
        "netdev_budget_usecs" => settings.netdev_budget_usecs = number()?,
        // The transmit vector does not occur where nothing is sent, or where comparing ends before.
        "tx_usecs" => {}
        "dev_weight" if value == 64 => {}
        "threaded" if value == false => {}
        "xdp" | "send" if value.is_null() => {}
        "napi_defer_hard_irqs" => settings.napi_defer_hard_irqs = number()?,
        "gro_flush_timeout_ns" => settings.gro_flush_timeout_ns = number()?,
        _ => return None,
    }
    Some(())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
