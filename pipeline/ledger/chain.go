package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
)

//go:embed event.sql
var eventTextSQL string

//go:embed chain.sql
var chainSQL string

// sealingSQL gives the events under way their places behind the last. Old ones
// keep the order of their days; of one call, what clears comes before what that
// rectifies, and what reopens before the verdict.
const sealingSQL = `CREATE OR REPLACE TEMP TABLE sealing AS
	SELECT (SELECT coalesce(max(seq), 0) FROM main.finding_event) + row_number() OVER (ORDER BY at, run_id,
		list_position(['opened', 'seen', 'cleared', 'reopened', 'confirmed', 'dismissed', 'rectified', 'noted'], event), finding_id) AS seq, *
	FROM pending_event`

// sealedSQL puts the events with their hashes into the ledger; both lists of
// hashes come in the order of seq.
const sealedSQL = `INSERT INTO main.finding_event
	SELECT finding_id, at, event, actor, note, run_id, seq, previous, hash
	FROM (SELECT *, row_number() OVER (ORDER BY seq) AS i FROM sealing)
	JOIN (SELECT hash, lag(hash, 1, ?::VARCHAR) OVER (ORDER BY i) AS previous, i FROM (
		SELECT unnest(l) AS hash, generate_subscripts(l, 1) AS i FROM (SELECT string_split(?::VARCHAR, ',') AS l))) USING (i)
	ORDER BY seq`

// begin prepares the temporary table pending_event.
func begin(ctx context.Context, db *sql.Conn) error {
	if _, err := db.ExecContext(ctx, eventTextSQL+chainSQL); err != nil {
		return fmt.Errorf("prepare events: %w", err)
	}
	return nil
}

// seal moves the events of pending_event to the ledger, each behind the hash of
// the one before. A hash needs the one before it, so that no set-based query
// makes them.
func seal(ctx context.Context, db *sql.Conn) error {
	if _, err := db.ExecContext(ctx, sealingSQL); err != nil {
		return fmt.Errorf("number events: %w", err)
	}
	first, err := head(ctx, db)
	if err != nil {
		return err
	}
	hashes, err := chain(ctx, db, first.Hash)
	if err != nil {
		return err
	}
	if len(hashes) > 0 {
		if _, err := db.ExecContext(ctx, sealedSQL, first.Hash, strings.Join(hashes, ",")); err != nil {
			return fmt.Errorf("write events: %w", err)
		}
	}
	if _, err := db.ExecContext(ctx, "DROP TABLE sealing; DROP TABLE pending_event"); err != nil {
		return fmt.Errorf("drop events under way: %w", err)
	}
	return nil
}

// chain hashes the events of the temporary table sealing behind previous.
func chain(ctx context.Context, db *sql.Conn, previous string) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT event_text(seq, finding_id, at, event, run_id, actor, note) FROM sealing ORDER BY seq")
	if err != nil {
		return nil, fmt.Errorf("read events under way: %w", err)
	}
	defer rows.Close()
	var hashes []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("read events under way: %w", err)
		}
		sum := sha256.Sum256([]byte(previous + "\n" + text))
		previous = hex.EncodeToString(sum[:])
		hashes = append(hashes, previous)
	}
	return hashes, rows.Err()
}

// Head is the chain's last event: how many there are, and its hash. Whoever
// wrote it down knows later that nothing up to it was changed or taken away.
type Head struct {
	Events int64  `json:"events"`
	Hash   string `json:"hash"`
}

func head(ctx context.Context, db *sql.Conn) (Head, error) {
	var h Head
	err := db.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0), coalesce(arg_max(hash, seq), '') FROM main.finding_event").Scan(&h.Events, &h.Hash)
	if err != nil {
		return h, fmt.Errorf("read the chain's end: %w", err)
	}
	return h, nil
}
