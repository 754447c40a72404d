package pipeline

import (
	"context"

	"hedui/pipeline/warehouse"
)

// EngineVersion is the version of DuckDB that is linked in.
func EngineVersion(ctx context.Context) (string, error) { return warehouse.EngineVersion(ctx) }
