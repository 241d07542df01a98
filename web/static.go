package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"mime"
	"path"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"
)

// A page is the built user interface, read and compressed once. File names are
// the same in every build, so browsers ask each time and are told by the ETag
// that nothing changed.
type page struct {
	files map[string]*asset
	// build names the content of all files.
	build string
}

type asset struct {
	mediaType string
	plain     body
	packed    *body // nil where compressing saves nothing
}

// A body is one form of a file.
type body struct {
	bytes []byte
	etag  string
}

const indexFile = "index.html"

// mediaTypes are those of the files a page is made of; what the machine says
// about them differs from one to the next.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
	".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".png": "image/png",
	".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8",
}

// newPage reads every file. What cannot be read is not part of the page; nil
// is a page without files.
func newPage(files fs.FS) *page {
	p := &page{files: map[string]*asset{}}
	all := sha256.New()
	if files != nil {
		_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil //nolint:nilerr // the rest of the page is still of use
			}
			content, err := fs.ReadFile(files, name)
			if err != nil {
				return nil //nolint:nilerr // likewise
			}
			p.files[name] = newAsset(name, content)
			_, _ = io.WriteString(all, name+p.files[name].plain.etag)
			return nil
		})
	}
	p.build = hex.EncodeToString(all.Sum(nil))[:12]
	return p
}

func newAsset(name string, content []byte) *asset {
	mediaType, ok := mediaTypes[path.Ext(name)]
	if !ok {
		if mediaType = mime.TypeByExtension(path.Ext(name)); mediaType == "" {
			mediaType = "application/octet-stream"
		}
	}
	sum := sha256.Sum256(content)
	tag := hex.EncodeToString(sum[:16])
	a := &asset{mediaType: mediaType, plain: body{content, strconv.Quote(tag)}}
	var packed bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is a valid one
	_, _ = writer.Write(content)                                    // a buffer takes everything
	_ = writer.Close()
	if packed.Len() < len(content)*9/10 {
		a.packed = &body{packed.Bytes(), strconv.Quote(tag + "-gzip")}
	}
	return a
}

// serve answers with the file of the path. A path without extension is a place
// within the page, which finds its way from the address itself.
func (p *page) serve(c fiber.Ctx) error {
	name := strings.TrimPrefix(c.Path(), "/")
	file, ok := p.files[name]
	if !ok && path.Ext(name) == "" && name != "api" && !strings.HasPrefix(name, "api/") {
		file, ok = p.files[indexFile]
	}
	if !ok {
		return fiber.ErrNotFound
	}
	form := file.plain
	if file.packed != nil {
		c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
		if acceptsGzip(c.Get(fiber.HeaderAcceptEncoding)) {
			form = *file.packed
			c.Set(fiber.HeaderContentEncoding, "gzip")
		}
	}
	c.Set(fiber.HeaderETag, form.etag)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if matches(c.Get(fiber.HeaderIfNoneMatch), form.etag) {
		c.Response().Header.Del(fiber.HeaderContentEncoding)
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, file.mediaType)
	return c.Send(form.bytes)
}

// acceptsGzip reads an Accept-Encoding header.
func acceptsGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, weight, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(part), " ", ""), ";")
		if coding == "gzip" || coding == "*" {
			value, err := strconv.ParseFloat(strings.TrimPrefix(weight, "q="), 64)
			return weight == "" || err == nil && value > 0
		}
	}
	return false
}

// matches reports whether an If-None-Match header names the ETag.
func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if tag := strings.TrimPrefix(strings.TrimSpace(part), "W/"); tag == etag || tag == "*" {
			return true
		}
	}
	return false
}
