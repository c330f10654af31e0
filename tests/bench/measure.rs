//! What a run takes: time of processors, time on the clock, memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    /// Seconds of all processors; only Linux tells them.
    pub(crate) processors: f64,
    /// Seconds on the clock.
    pub(crate) clock: f64,
    /// The most memory it had, in megabytes; of other processes alone, and only Linux tells it.
    pub(crate) peak: f64,
}

impl Taken {
    /// How often `other` goes into it, measure by measure.
    pub(crate) fn per(self, other: Self) -> Self {
        Self {
            processors: self.processors / other.processors,
            clock: self.clock / other.clock,
            peak: self.peak / other.peak,
        }
    }
}

/// The median of each measure.
pub(crate) fn median(runs: &[Taken]) -> Taken {
    let of = |measure: fn(&Taken) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(measure).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Taken {
        processors: of(|taken| taken.processors),
        clock: of(|taken| taken.clock),
        peak: of(|taken| taken.peak),
    }
}

/// What `run` takes in this process, and what it makes.
pub(crate) fn here<T>(run: impl FnOnce() -> T) -> (T, Taken) {
    let (start, before) = (Instant::now(), own());
    let result = run();
    let taken = Taken {
        processors: own() - before,
        clock: start.elapsed().as_secs_f64(),
        peak: 0.0,
    };
    (result, taken)
}

/// What a program takes that fails if it does not succeed. Where it is this program, its last line is its memory.
pub(crate) fn there(program: &Path, arguments: &[&str], folder: &Path) -> Taken {
    let (start, before) = (Instant::now(), children());
    let mut command = Command::new(program);
    let command = command.args(arguments).current_dir(folder);
    let output = command.stderr(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}");
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().and_then(|line| line.strip_prefix(PEAK));
    Taken {
        processors: children() - before,
        clock: start.elapsed().as_secs_f64(),
        peak: last.and_then(|peak| peak.parse().ok()).unwrap_or_default(),
    }
}

const PEAK: &str = "peak: ";

/// Tells [`there`] how much memory this process had.
pub(crate) fn tell_peak() {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    let peak = kilobytes.unwrap_or_default() / 1024.0;
    println!("{PEAK}{peak}");
}

/// The seconds of processors that the threads of this process have taken.
fn own() -> f64 {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten();
    let nanoseconds = threads.filter_map(|thread| {
        let times = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        times.split_whitespace().next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e9
}

/// The seconds of processors that ended children have taken: fields 16 and 17 of `/proc/self/stat`, in hundredths.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in parentheses, may have spaces.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3).and_then(|it| it.parse::<f64>().ok());
    ticks(16)
        .zip(ticks(17))
        .map_or(0.0, |(user, system)| (user + system) / 100.0)
}
