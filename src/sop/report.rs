//! The post-mortem's prefilled text and the timeline of a run, as Markdown.
