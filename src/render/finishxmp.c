/* What the file says of itself: the information dictionary and the same as XMP, with the properties that an archive keeps.
 *
 * Properties of our own stand in a namespace of their own, plain texts each (lists of texts, where there are several structures of a
 * name): SignerInfo and FullName make "SignerInfoFullName". Each is described in the file, as PDF/A wants of what it does not know.
 * Source: ISO 16684-1; ISO 19005-2, 6.6.2.3; ISO 14289-1, 5; NĐ 30/2020/NĐ-CP, Phụ lục VI */
#include "base/utf8.h"
#include "base/version.h"
#include "render/finishing.h"

#include <string.h>

#define PRODUCER "kehoach " KEHOACH_VERSION
#define LANGUAGE "vi-VN"
#define RECORD_SPACE "urn:kehoach:nd30:1/"

static const char *title_of(const struct finish *f)
{
	return f->pages->title ? f->pages->title : f->pages->document->title;
}

static const char *date_text(struct finish *f)
{
	return date_iso(f->pages->document->date, &f->arena);
}

/* ---- the information dictionary ---- */

static void put_text(struct finish *f, const char *key, const char *text)
{
	struct pdf_object string;

	if (!text || !*text)
		return;
	string = pdf_text(text, &f->arena);
	buf_puts(&f->text, key);
	pdf_put(&f->text, &string);
}

static void put_date(struct finish *f, const char *key)
{
	const char *iso = date_text(f);

	buf_printf(&f->text, "%s(D:%.4s%.2s%.2s000000Z)", key, iso, iso + 5, iso + 8);
}

uint32_t finish_info(struct finish *f)
{
	const struct document *doc = f->pages->document;
	uint32_t number = pdf_write_number(&f->writer);

	buf_puts(&f->text, "<<");
	put_text(f, "/Title", title_of(f));
	put_text(f, "/Author", doc->author);
	put_text(f, "/Subject", doc->subject);
	buf_puts(&f->text, "/Producer(" PRODUCER ")");
	put_date(f, "/CreationDate");
	put_date(f, "/ModDate");
	buf_puts(&f->text, ">>");
	finish_write(f, number);
	return number;
}

/* ---- XMP ---- */

/* The same text as in the information dictionary: a reader of XML makes a return typed as it is a line. */
static void put_escaped(struct buf *b, const char *s)
{
	for (; *s; s++)
		if (*s == '&')
			buf_puts(b, "&amp;");
		else if (*s == '<')
			buf_puts(b, "&lt;");
		else if (*s == '>')
			buf_puts(b, "&gt;");
		else if ((unsigned char)*s < ' ')
			buf_printf(b, "&#%d;", *s);
		else
			buf_putc(b, *s);
}

static void put_element(struct buf *b, const char *before, const char *text, const char *behind)
{
	if (!text || !*text)
		return;
	buf_puts(b, before);
	put_escaped(b, text);
	buf_puts(b, behind);
}

static void put_core(struct finish *f, struct buf *b)
{
	const struct document *doc = f->pages->document;
	const char *date = arena_printf(&f->arena, "%sT00:00:00Z", date_text(f));

	buf_puts(b, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
		    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
		    "<dc:format>application/pdf</dc:format>\n");
	put_element(b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title_of(f), "</rdf:li></rdf:Alt></dc:title>\n");
	put_element(b, "<dc:creator><rdf:Seq><rdf:li>", doc->author, "</rdf:li></rdf:Seq></dc:creator>\n");
	put_element(b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", doc->subject,
		"</rdf:li></rdf:Alt></dc:description>\n");
	put_element(b, "<dc:language><rdf:Bag><rdf:li>", LANGUAGE, "</rdf:li></rdf:Bag></dc:language>\n");
	put_element(b, "<pdf:Producer>", PRODUCER, "</pdf:Producer>\n");
	put_element(b, "<xmp:CreateDate>", date, "</xmp:CreateDate>\n");
	put_element(b, "<xmp:ModifyDate>", date, "</xmp:ModifyDate>\n");
	buf_puts(b, "</rdf:Description>\n");
}

static void put_claims(const struct finish *f, struct buf *b)
{
	buf_printf(b, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
		      " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
		      "<pdfaid:part>%d</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n"
		      "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n",
		f->options->n_attachment ? 3 : 2);
}

/* ---- properties of our own ---- */

static bool same_name(const struct record_property *a, const struct record_property *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->group ? a->group : "", b->group ? b->group : "");
}

/* Whether one of the same name stands before it. */
static bool is_repeated(const struct pages *pages, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_name(&pages->record[k], &pages->record[i]))
			return true;
	return false;
}

/* Whether there are several structures of its name: all their members are lists then. */
static bool is_list(const struct pages *pages, const struct record_property *p)
{
	for (size_t i = 0; p->group && i < pages->n_record; i++)
		if (pages->record[i].group && !strcmp(pages->record[i].group, p->group) && pages->record[i].entry)
			return true;
	return false;
}

static size_t n_entry(const struct pages *pages, const struct record_property *p)
{
	size_t n = 0;

	for (size_t i = 0; i < pages->n_record; i++)
		if (pages->record[i].group && !strcmp(pages->record[i].group, p->group) && pages->record[i].entry >= n)
			n = pages->record[i].entry + 1;
	return n;
}

/* The text of that member of a structure, or "" where it has none. */
static const char *text_of(const struct pages *pages, const struct record_property *p, size_t entry)
{
	for (size_t i = 0; i < pages->n_record; i++)
		if (same_name(&pages->record[i], p) && pages->record[i].entry == entry)
			return pages->record[i].text;
	return "";
}

static void put_list(struct buf *b, const struct pages *pages, const struct record_property *p)
{
	size_t n = n_entry(pages, p);

	buf_puts(b, "<rdf:Seq>");
	for (size_t i = 0; i < n; i++) {
		buf_puts(b, "<rdf:li>");
		put_escaped(b, text_of(pages, p, i));
		buf_puts(b, "</rdf:li>");
	}
	buf_puts(b, "</rdf:Seq>");
}

static void put_record(const struct pages *pages, struct buf *b)
{
	if (!pages->n_record)
		return;
	buf_puts(b, "<rdf:Description rdf:about=\"\" xmlns:nd30=\"" RECORD_SPACE "\">\n");
	for (size_t i = 0; i < pages->n_record; i++) {
		const struct record_property *p = &pages->record[i];
		const char *group = p->group ? p->group : "";

		if (is_repeated(pages, i))
			continue;
		buf_printf(b, "<nd30:%s%s>", group, p->name);
		if (is_list(pages, p))
			put_list(b, pages, p);
		else
			put_escaped(b, p->text);
		buf_printf(b, "</nd30:%s%s>\n", group, p->name);
	}
	buf_puts(b, "</rdf:Description>\n");
}

/* ---- descriptions of what PDF/A does not know ---- */

static void begin_schema(struct buf *b, const char *what, const char *space, const char *prefix)
{
	buf_printf(b, "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
		      "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
		      "<pdfaSchema:property><rdf:Seq>\n", what, space, prefix);
}

static void put_property(struct buf *b, const char *group, const char *name, const char *type, const char *category,
	const char *what)
{
	buf_printf(b, "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s%s</pdfaProperty:name>"
		      "<pdfaProperty:valueType>%s</pdfaProperty:valueType><pdfaProperty:category>%s</pdfaProperty:category>"
		      "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n", group, name, type, category, what);
}

static void end_schema(struct buf *b)
{
	buf_puts(b, "</rdf:Seq></pdfaSchema:property>\n</rdf:li>\n");
}

static void describe_record(struct finish *f, struct buf *b)
{
	const struct pages *pages = f->pages;

	if (!pages->n_record)
		return;
	begin_schema(b, "NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần II", RECORD_SPACE, "nd30");
	for (size_t i = 0; i < pages->n_record; i++) {
		const struct record_property *p = &pages->record[i];
		const char *group = p->group ? p->group : "";

		if (!is_repeated(pages, i))
			put_property(b, group, p->name, is_list(pages, p) ? "seq Text" : "Text", "external",
				arena_printf(&f->arena, "NĐ 30/2020/NĐ-CP, Phụ lục VI: %s%s%s", group, *group ? "/" : "",
					p->name));
	}
	end_schema(b);
}

static void put_descriptions(struct finish *f, struct buf *b)
{
	buf_puts(b, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
		    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
		    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n<pdfaExtension:schemas><rdf:Bag>\n");
	begin_schema(b, "PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid");
	put_property(b, "", "part", "Integer", "internal", "Part of ISO 14289 that the file conforms to");
	end_schema(b);
	describe_record(f, b);
	buf_puts(b, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

uint32_t finish_xmp(struct finish *f)
{
	uint32_t number = pdf_write_number(&f->writer);
	struct pdf_object dict = PDF_DICT_OF(&f->arena, { "Type", pdf_name("Metadata") }, { "Subtype", pdf_name("XML") });
	struct pdf_object stream;
	struct buf b = { 0 };

	buf_puts(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
	put_core(f, &b);
	put_record(f->pages, &b);
	if (f->claims) {
		put_claims(f, &b);
		put_descriptions(f, &b);
	}
	buf_puts(&b, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	stream = pdf_stream(dict, b.text, b.n, &f->arena);
	pdf_write_object(&f->writer, number, &stream);
	buf_clear(&b);
	return number;
}
