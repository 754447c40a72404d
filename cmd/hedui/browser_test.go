//go:build browser

package main

import (
	"context"
	"image"
	_ "image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestBrowserOverview has a headless Chromium (.ci/run installs it) open the
// sample's overview.html: nothing on the console, no request but for the page
// itself, a picture with something on it, and paper when printed.
func TestBrowserOverview(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(sampleNights(t), "overview.html"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if keep := os.Getenv("HEDUI_PICTURES"); keep != "" { // to look at them
		dir = keep
	}
	said, asked := visit(t, page, "--dump-dom")
	if !strings.Contains(said, "</svg>") || !strings.Contains(said, "各镇各类名册行数") {
		t.Errorf("Chromium shows %d bytes, not the page", len(said))
	}
	if strings.Contains(said, "CONSOLE") {
		t.Errorf("the console says %s", said)
	}
	if len(asked) != 1 {
		t.Errorf("requested: %s", strings.Join(asked, " "))
	}
	picture := filepath.Join(dir, "overview.png")
	visit(t, page, "--window-size=1200,2600", "--screenshot="+picture)
	if colors := colorsOf(t, picture); colors < 20 {
		t.Errorf("the picture has %d colours", colors)
	}
	paper := filepath.Join(dir, "overview.pdf")
	visit(t, page, "--print-to-pdf-no-header", "--no-pdf-header-footer", "--print-to-pdf="+paper)
	if pdf, err := os.ReadFile(paper); err != nil || len(pdf) < 20_000 || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Errorf("printed %d bytes: %v", len(pdf), err)
	}
}

// TestBrowserSeesFaults: the visit above would tell of a request and of a
// console message, had the page made one.
func TestBrowserSeesFaults(t *testing.T) {
	said, asked := visit(t, []byte(`<!DOCTYPE html><img src="http://elsewhere.test/a.png"><script>console.error("wrong")</script>`), "--dump-dom")
	if !strings.Contains(said, "CONSOLE") {
		t.Errorf("no console message in %s", said)
	}
	if !strings.Contains(strings.Join(asked, " "), "elsewhere.test") {
		t.Errorf("requested: %s", asked)
	}
}

// visit opens the page as http://overview.test/ through a proxy that knows
// nothing else, and gives what Chromium wrote and what the page requested.
func visit(t *testing.T, page []byte, args ...string) (said string, asked []string) {
	t.Helper()
	var mu sync.Mutex
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Chromium's own errands go out as well; the page's carry its address or go to a test domain.
		if strings.HasSuffix(r.Host, ".test") || strings.Contains(r.Referer(), "overview.test") {
			mu.Lock()
			asked = append(asked, r.Method+" "+r.Host+r.URL.Path)
			mu.Unlock()
		}
		if r.Host != "overview.test" || r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(page)
	}))
	defer proxy.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	all := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--enable-logging=stderr", "--user-data-dir=" + t.TempDir(),
		"--proxy-server=" + strings.TrimPrefix(proxy.URL, "http://")}, args...)
	out, err := exec.CommandContext(ctx, "chromium", append(all, "http://overview.test/")...).CombinedOutput()
	if err != nil {
		t.Fatalf("chromium: %v\n%s", err, out)
	}
	mu.Lock()
	defer mu.Unlock()
	return string(out), asked
}

// colorsOf counts the colours of a picture: a blank or broken page has hardly any.
func colorsOf(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for y := 0; y < picture.Bounds().Dy(); y += 3 {
		for x := 0; x < picture.Bounds().Dx(); x += 3 {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[string([]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)})] = true
		}
	}
	return len(seen)
}
