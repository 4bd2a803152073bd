CREATE TABLE seen (
  update_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL
);

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id INTEGER NOT NULL,
  chat INTEGER NOT NULL,
  message INTEGER NOT NULL,
  edited INTEGER NOT NULL,
  callback TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX inbox_of_chat ON inbox (chat, id);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat INTEGER NOT NULL,
  question INTEGER NOT NULL,
  replaces INTEGER NOT NULL,
  text TEXT NOT NULL,
  links TEXT NOT NULL,
  buttons TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX outbox_of_chat ON outbox (chat, id);

CREATE TABLE turns (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat INTEGER NOT NULL,
  message INTEGER NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX turns_of_chat ON turns (chat, id);

CREATE TABLE replies (
  chat INTEGER NOT NULL,
  question INTEGER NOT NULL,
  message INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (chat, question, message)
)
