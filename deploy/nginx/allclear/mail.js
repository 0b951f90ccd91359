// What a mail may hold that passes the edge. With the key alone, whoever speaks with a responder's login could write to
// anybody in anybody's name, with files: here a mail is what the console writes, from the one sender, to one person.
// So it is with the notice to the team: words in one of three forms, that ring nobody and lead nowhere else.
// nginx reads this file by its own JavaScript, which knows no destructuring and no `for … of`; the functions read it too.

/** The most mails in a request, by service: what the console puts into one. */
const MOST = { postmark: 500, resend: 100, sendgrid: 500 };

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const isTexts = (value) => isObject(value) && Object.keys(value).every((name) => isText(value[name]));
const isTruth = (value) => value === true || value === false;
const isListOf = (test, most) => (value) => Array.isArray(value) && value.length > 0 && value.length <= most && value.every(test);

/** An object of these fields and no other, each as its test wants it; those named in `may` may be missing. */
function isMadeOf(fields, may) {
  const known = Object.keys(fields);
  return (value) => isObject(value)
    && Object.keys(value).every((name) => known.indexOf(name) >= 0 && fields[name](value[name]))
    && known.every((name) => may.indexOf(name) >= 0 || Object.keys(value).indexOf(name) >= 0);
}

/** One address; what separates several in a header may stand in it between quotation marks alone. */
const ADDRESS = /^(?:"(?:[^"\\\x00-\x1f]|\\["\\])*"|[^\s@<>()[\],:;"\\\x00-\x1f]+)@(?:\[[^\s[\]<>,;"\\]*\]|[^\s@<>()[\],:;"\\\x00-\x1f]+)$/;
/** One mailbox as the console writes it: `"Name" <address>`. */
const NAMED = /^"(?:[^"\\\x00-\x1f]|\\["\\])*" <([^<>]*)>$/;

const isAddress = (value) => isText(value) && ADDRESS.test(value);
/** The address of a mailbox, which is nothing else than one address, with or without a name. */
function addressOf(mailbox) {
  const named = isText(mailbox) ? mailbox.match(NAMED) : null;
  const address = named === null ? mailbox : named[1];
  return isAddress(address) ? address : "";
}
const isMailbox = (value) => addressOf(value) !== "";

const isPerson = isMadeOf({ email: isAddress, name: isText }, ["name"]);
const isContent = isMadeOf({ type: (value) => value === "text/plain" || value === "text/html", value: isText }, []);

/**
 * What a request of each service may hold. `pins`: the address of the one `sender`, the one for `answers`, and the message
 * `stream` of Postmark's, if any.
 */
const BODIES = {
  postmark: (pins) => {
    const fields = {
      From: (value) => addressOf(value) === pins.sender,
      To: isMailbox,
      ReplyTo: (value) => value === pins.answers,
      Subject: isText,
      TextBody: isText,
      HtmlBody: isText,
      Metadata: isTexts,
    };
    if (pins.stream) fields.MessageStream = (value) => value === pins.stream;
    return isListOf(isMadeOf(fields, []), MOST.postmark);
  },
  resend: (pins) => isListOf(isMadeOf({
    from: (value) => addressOf(value) === pins.sender,
    to: isListOf(isMailbox, 1),
    reply_to: (value) => value === pins.answers,
    subject: isText,
    text: isText,
    html: isText,
  }, []), MOST.resend),
  sendgrid: (pins) => isMadeOf({
    from: (value) => isPerson(value) && value.email === pins.sender,
    reply_to: (value) => isPerson(value) && value.email === pins.answers,
    personalizations: isListOf(isMadeOf({
      to: isListOf(isPerson, 1),
      subject: isText,
      custom_args: isTexts,
      substitutions: isTexts,
    }, ["substitutions"]), MOST.sendgrid),
    content: isListOf(isContent, 2),
    mail_settings: isMadeOf({ sandbox_mode: isMadeOf({ enable: isTruth }, []) }, []),
  }, []),
};

const is = (wanted) => (value) => value === wanted;
/** Words as the console writes them for a service whose mentions, or links, are signs among the words. */
const isPlain = (value) => isText(value) && value.indexOf("](") < 0;
/** A mention, which rings where none is a sign: what follows the `@` stands apart in the console's words. */
const MENTION = new RegExp("(^|[^A-Za-z0-9])@(?!\u200b)");
const isUnrung = (value) => isPlain(value) && !/[<>]/.test(value) && !MENTION.test(value);
const isNobody = isMadeOf({ parse: (value) => Array.isArray(value) && value.length === 0 }, []);

/** What a webhook of Slack's, of Discord's and of Teams is told (src/api/team/wire.rs). */
const NOTICES = [
  isMadeOf({ text: isUnrung }, []),
  isMadeOf({ content: isPlain, allowed_mentions: isNobody }, []),
  isMadeOf({
    type: is("message"),
    attachments: isListOf(isMadeOf({
      contentType: is("application/vnd.microsoft.card.adaptive"),
      content: isMadeOf({
        type: is("AdaptiveCard"),
        version: isText,
        body: isListOf(isMadeOf({ type: is("TextBlock"), text: isPlain, wrap: is(true) }, []), 1),
      }, []),
    }, []), 1),
  }, []),
];
BODIES.team = () => (value) => NOTICES.some((isNotice) => isNotice(value));

/**
 * Whether the body of a request, as bytes, holds mails that may be sent, or a notice, and nothing else. Without a sender there are no mails.
 * It has one spelling, the console's: where a field stands twice, two readers might each take another of them.
 */
function allows(service, body, pins) {
  if (!pins.sender && service !== "team") return false;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    const mails = JSON.parse(text);
    const answers = pins.answers || pins.sender;
    return JSON.stringify(mails) === text && BODIES[service]({ sender: pins.sender, answers: answers, stream: pins.stream })(mails);
  } catch (error) {
    return false;
  }
}

/** nginx: hands a call on to `$allclear_next`, a write only with mails that may be sent, or a notice. */
function check(request) {
  const of = request.variables;
  const pins = { sender: of.allclear_sender, answers: of.allclear_answers, stream: of.allclear_stream };
  // The test mode has the same mails.
  const service = of.allclear_route.replace("-test", "");
  if (request.method === "GET" || allows(service, request.requestBuffer, pins)) request.internalRedirect(of.allclear_next);
  else request.return(403);
}

/** The longest word of a webhook that is passed on, in bytes. */
const LONGEST_WORD = 32 * 1024;
/** How much of it has been; nginx gives each request a script of its own. */
let passed = 0;

/** nginx: the head of a webhook's answer, which is text and no longer than what is passed on. */
function headOfWord(request) {
  delete request.headersOut["Content-Length"];
  request.headersOut["Content-Type"] = "text/plain; charset=utf-8";
}

/** nginx: the first bytes of it. */
function word(request, data, flags) {
  const rest = Math.max(0, LONGEST_WORD - passed);
  passed += data.length;
  request.sendBuffer(data.length > rest ? data.slice(0, rest) : data, flags);
}

export default { allows, check, headOfWord, word, LONGEST_WORD };
