//! The sandbox as a program: `allclear-sandbox --port 4600`.

use std::process::ExitCode;

use allclear_sandbox::server;
use allclear_sandbox::world::World;

fn port() -> Result<u16, String> {
    let mut port = 4600;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word != "--port" {
            return Err(format!("{word} is not known: --port N"));
        }
        port = words
            .next()
            .and_then(|value| value.parse().ok())
            .ok_or("--port wants a number")?;
    }
    Ok(port)
}

async fn run() -> Result<(), String> {
    let port = port()?;
    let world = World::seeded(None).map_err(|error| error.to_string())?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|error| format!("port {port}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("listening on http://{address}");
    tokio::select! {
        () = server::serve(listener, world) => Ok(()),
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("allclear-sandbox: {problem}");
            ExitCode::FAILURE
        }
    }
}
