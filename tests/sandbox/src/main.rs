//! The sandbox as a program: `allclear-sandbox --port 4600 [--db FILE]`.

use std::process::ExitCode;

use allclear_sandbox::front::App;
use allclear_sandbox::server;
use allclear_sandbox::world::World;

struct Wishes {
    port: u16,
    db: Option<String>,
}

fn wishes() -> Result<Wishes, String> {
    let mut wishes = Wishes {
        port: 4600,
        db: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} wants a value"));
        match word.as_str() {
            "--port" => {
                wishes.port = value()?
                    .parse()
                    .map_err(|_| "--port wants a number".to_owned())?;
            }
            "--db" => wishes.db = Some(value()?),
            _ => return Err(format!("{word} is not known: --port N, --db FILE")),
        }
    }
    Ok(wishes)
}

async fn run() -> Result<(), String> {
    let wishes = wishes()?;
    let world = World::open(wishes.db.as_deref()).map_err(|error| error.to_string())?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", wishes.port))
        .await
        .map_err(|error| format!("port {}: {error}", wishes.port))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("listening on http://{address}");
    tokio::select! {
        () = server::serve(listener, App::new(world)) => Ok(()),
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
