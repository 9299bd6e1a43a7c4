/* The rules: what each is called, whose it is, what it wants. */
#include "pdf/linting.h"

#include "base/utf8.h"
#include "pdf/write.h"

#include <string.h>

#define A "ISO 19005-2, "
#define UA "ISO 14289-1, "
#define PDF "ISO 32000-1, "

static const struct rule {
	const char *id;
	unsigned of; /* enum lint_claim: of whom it is */
	const char *clause;
	const char *want;
} rules[LINT_RULES] = {
	[LINT_HEADER] = { "pdf-header", CLAIM_A, A "6.1.2",
		"%PDF-1.0 to 1.7 as the first line, then a comment of four bytes above 127" },
	[LINT_ID] = { "trailer-id", CLAIM_A, A "6.1.3", "an /ID of two strings in the trailer" },
	[LINT_OBJECT_SYNTAX] = { "object-syntax", CLAIM_A, A "6.1.9",
		"numbers, obj and endobj with single spaces and line ends between them" },
	[LINT_STREAM_END] = { "stream-end", CLAIM_A, A "6.1.7.1",
		"a line end between the bytes of a stream and endstream" },
	[LINT_STREAM_FILE] = { "stream-external", CLAIM_A, A "6.1.7.1", "streams whose bytes are in the file itself" },
	[LINT_STREAM_FILTER] = { "stream-filter", CLAIM_A, A "6.1.7.2",
		"only filters of the standard, neither LZWDecode nor Crypt, none of pictures in inline images" },
	[LINT_LIMITS] = { "pdf-limits", CLAIM_A, A "6.1.13",
		"integers of 32 bits, strings of at most 32767 bytes, names of at most 127 bytes, at most 28 q "
		"in each other" },
	[LINT_HEX] = { "hex-string", CLAIM_A, A "6.1.6", "an even number of hexadecimal digits between < and >" },
	[LINT_NAME_TEXT] = { "name-text", CLAIM_A, A "6.1.8", "names of fonts and structure types in UTF-8" },
	[LINT_PERMS] = { "permissions", CLAIM_A, A "6.1.12",
		"only DocMDP and UR3 in /Perms, and no digest in a signature reference" },
	[LINT_ACTION] = { "action", CLAIM_A, A "6.5.1",
		"only actions GoTo, GoToR, GoToE, Thread, URI, SubmitForm and Named to a page beside, and no script" },
	[LINT_AA] = { "additional-actions", CLAIM_A, A "6.5.2", "no /AA" },
	[LINT_OPEN_ACTION] = { "open-action", CLAIM_A, A "6.5.1", "an /OpenAction that shows a page, or none" },
	[LINT_XFA] = { "xfa", CLAIM_A, A "6.4.2", "no XFA form" },
	[LINT_NEED_APPEARANCES] = { "need-appearances", CLAIM_A, A "6.4.1",
		"fields that are drawn as they stand, without /NeedAppearances true" },
	[LINT_EMBEDDED] = { "embedded-file", CLAIM_A, A "6.8", "no attached file in part 2" },
	[LINT_ASSOCIATED] = { "associated-file", CLAIM_A, "ISO 19005-3, 6.8",
		"each attached file with /AFRelationship, /F, /UF, a MIME type, and named in an /AF" },
	[LINT_XOBJECT] = { "xobject", CLAIM_A, A "6.2.9",
		"no PostScript, no /OPI and no reference to another file in pictures and forms" },
	[LINT_INTERPOLATE] = { "image-interpolate", CLAIM_A, A "6.2.8", "pictures without /Interpolate true" },
	[LINT_ALTERNATES] = { "image-alternates", CLAIM_A, A "6.2.8", "pictures without /Alternates" },
	[LINT_IMAGE_DATA] = { "image-data", CLAIM_A, A "6.2.8",
		"pictures of 1, 2, 4, 8 or 16 bits a colour in a colour space, with all their rows, not as JPEG, "
		"JPEG 2000, JBIG2 or fax: those are not checked here" },
	[LINT_LAYERS] = { "layers", CLAIM_A | CLAIM_UA, A "6.9; " UA "7.10",
		"configurations of layers each with a name of its own, all layers in its order, none that "
		"switches by itself" },
	[LINT_PRESENTATION] = { "presentation", CLAIM_A, A "6.10", "no /AlternatePresentations and /PresSteps" },
	[LINT_REQUIREMENTS] = { "requirements", CLAIM_A, A "6.11", "no /Requirements" },
	[LINT_METADATA] = { "metadata", CLAIM_NONE, A "6.6.2.1",
		"XMP metadata as a stream /Type/Metadata/Subtype/XML that is not compressed, in the catalog "
		"alone: other metadata is not checked here" },
	[LINT_XMP] = { "xmp-syntax", CLAIM_NONE, A "6.6.2.1",
		"XMP as well-formed XML in UTF-8, each property an element" },
	[LINT_XMP_PACKET] = { "xmp-packet", CLAIM_A, A "6.6.2.1", "an xpacket header without bytes and encoding" },
	[LINT_XMP_EXTENSION] = { "xmp-extension", CLAIM_A, A "6.6.2.3",
		"a description in pdfaExtension:schemas of each property that XMP and PDF/A do not know" },
	[LINT_XMP_SCHEMA] = { "xmp-schema", CLAIM_A, A "6.6.2.3.3",
		"schemas described with schema, namespaceURI and prefix, their properties with name, valueType, "
		"category and description" },
	[LINT_XMP_VALUE] = { "xmp-value", CLAIM_A, A "6.6.2.3", "each property of XMP once, with a value of its type" },
	[LINT_XMP_PREFIX] = { "xmp-prefix", CLAIM_A | CLAIM_UA, A "6.6.2.3.3; 6.6.4; " UA "5",
		"namespaces of PDF/A, PDF/UA and described schemas under the prefix that is set for them" },
	[LINT_CLAIM] = { "claim", CLAIM_NONE, A "6.6.4; " UA "5",
		"pdfaid:part 2 or 3 with pdfaid:conformance A, and pdfuaid:part 1" },
	[LINT_INFO] = { "info-xmp", CLAIM_A, "ISO 19005-1, 6.7.3", "the same in the information dictionary as in XMP" },
	[LINT_TITLE] = { "title", CLAIM_UA, UA "7.1", "a title in XMP (dc:title)" },
	[LINT_LANG] = { "language", CLAIM_A | CLAIM_UA, A "6.7.4; " UA "7.2",
		"/Lang of the catalog: a language tag such as vi-VN" },
	[LINT_MARKED] = { "mark-info", CLAIM_A | CLAIM_UA, A "6.7.2.2; " UA "7.1",
		"/MarkInfo with /Marked true and without /Suspects true" },
	[LINT_DISPLAY_TITLE] = { "display-title", CLAIM_UA, UA "7.1", "/ViewerPreferences with /DisplayDocTitle true" },
	[LINT_STRUCT_ROOT] = { "struct-root", CLAIM_A | CLAIM_UA, A "6.7.3.3; " UA "7.1", "a structure tree" },
	[LINT_OUTPUT_INTENT] = { "output-intent", CLAIM_A, A "6.2.3",
		"one output intent GTS_PDFA1 with a colour profile in the file, which others share" },
	[LINT_ICC] = { "icc-profile", CLAIM_A, A "6.2.3; 6.2.4.2",
		"a whole ICC profile of version 2 or 4 whose colours are as many as its /N, for output that of a "
		"screen or printer" },
	[LINT_DEVICE_COLOUR] = { "device-colour", CLAIM_A, A "6.2.4.3",
		"device colours only of the kind that the output intent's profile has" },
	[LINT_COLOUR_SPACE] = { "colour-space", CLAIM_A, A "6.2.4",
		"a colour space of the standard, but Separation and DeviceN, which are not checked here, and as "
		"default one with a profile" },
	[LINT_INTENT] = { "rendering-intent", CLAIM_A, A "6.2.6", "one of the four rendering intents" },
	[LINT_GSTATE] = { "graphics-state", CLAIM_A, A "6.2.5",
		"graphics states without /TR, /HTP, /OPM, /TR2 other than Default and halftones of their own but "
		"plain ones of type 1" },
	[LINT_BLEND] = { "blend-mode", CLAIM_A, A "6.2.10", "a blend mode of the standard" },
	[LINT_PAGE_TREE] = { "page-tree", CLAIM_NONE, PDF "7.7.3",
		"a tree of pages, each once, with right /Type, /Parent and /Count" },
	[LINT_PAGE_BOX] = { "page-box", CLAIM_NONE, A "6.1.13",
		"page boxes of four numbers, 3 to 14400 units wide and high, inside the /MediaBox" },
	[LINT_RESOURCE] = { "resource", CLAIM_NONE, A "6.2.2", "everything that content names in its own resources" },
	[LINT_RESOURCES_OWN] = { "own-resources", CLAIM_A, A "6.2.2", "pages with /Resources of their own" },
	[LINT_OPERATOR] = { "operator", CLAIM_NONE, A "6.2.2", "only operators of the standard, with their operands" },
	[LINT_Q] = { "q-balance", CLAIM_NONE, PDF "8.4.2", "each q with its Q" },
	[LINT_TEXT_OBJECT] = { "text-object", CLAIM_NONE, PDF "9.4.1", "text between BT and ET, not in each other" },
	[LINT_MARK_BALANCE] = { "mark-balance", CLAIM_NONE, PDF "14.6", "each BMC or BDC with its EMC" },
	[LINT_UNTAGGED] = { "untagged-content", CLAIM_A | CLAIM_UA, UA "7.1",
		"all that is painted in marked content that is tagged or an artifact" },
	[LINT_ARTIFACT] = { "artifact", CLAIM_UA, UA "7.1",
		"no artifact in tagged content and nothing tagged in an artifact, and no artifacts in forms: "
		"those are not checked here" },
	[LINT_MCID_TWICE] = { "mcid-twice", CLAIM_NONE, PDF "14.7.4.2", "each MCID once a page" },
	[LINT_MCID_OWNER] = { "mcid-owner", CLAIM_NONE, PDF "14.7.4.2", "each MCID in exactly one structure element" },
	[LINT_MCID_LOST] = { "mcid-lost", CLAIM_NONE, PDF "14.7.4.2",
		"structure elements with content that is on the page" },
	[LINT_MCID_FORM] = { "mcid-form", CLAIM_A | CLAIM_UA, PDF "14.7.4.2",
		"MCIDs in the content of pages only: others are not checked here" },
	[LINT_MARK_PROPERTIES] = { "mark-properties", CLAIM_NONE, PDF "14.6.2",
		"marked content with properties that are valid, in its resources where they are named" },
	[LINT_PARENT_TREE] = { "parent-tree", CLAIM_NONE, PDF "14.7.4.4",
		"a parent tree that leads from each piece of content to its element" },
	[LINT_FONT_KIND] = { "font-kind", CLAIM_A, A "6.2.11.2",
		"a font TrueType, or Type0 with CIDFontType2: others are not checked here" },
	[LINT_FONT_DICT] = { "font-dictionary", CLAIM_A, A "6.2.11.2; 6.2.11.3.1; 6.2.11.4.2",
		"a /FontName like the /BaseFont, as many /Widths as codes, a whole /CIDSystemInfo, and no "
		"/CIDSet: that is not checked here" },
	[LINT_FONT_EMBEDDED] = { "font-embedded", CLAIM_A | CLAIM_UA, A "6.2.11.4.1; " UA "7.21.4.1",
		"each font that is used embedded" },
	[LINT_FONT_PROGRAM] = { "font-program", CLAIM_A | CLAIM_UA, A "6.2.11.2; " UA "7.21.4.1",
		"a whole TrueType program" },
	[LINT_FONT_CIDMAP] = { "font-cidtogidmap", CLAIM_A | CLAIM_UA, A "6.2.11.3.2; " UA "7.21.3.2",
		"a /CIDToGIDMap: Identity or a stream" },
	[LINT_FONT_ENCODING] = { "font-encoding", CLAIM_A | CLAIM_UA, A "6.2.11.6; " UA "7.21.6",
		"WinAnsiEncoding for a font of letters, in /Differences uniXXXX or letters with marks (others "
		"are not known here), no encoding for a font of symbols, Identity-H for Type0" },
	[LINT_FONT_UNICODE] = { "font-unicode", CLAIM_A | CLAIM_UA, A "6.2.11.7.2; " UA "7.21.7",
		"in /ToUnicode each code that content shows" },
	[LINT_FONT_VALUE] = { "font-unicode-value", CLAIM_A | CLAIM_UA, A "6.2.11.7.2; " UA "7.21.7",
		"real characters in /ToUnicode: no controls, none of private use, no half pairs, not U+FEFF or "
		"U+FFFE" },
	[LINT_FONT_NOTDEF] = { "font-notdef", CLAIM_A | CLAIM_UA, A "6.2.11.8; " UA "7.21.8",
		"a glyph of the font for each code that content shows, not .notdef" },
	[LINT_FONT_WIDTH] = { "font-width", CLAIM_A | CLAIM_UA, A "6.2.11.5; " UA "7.21.5",
		"widths as those of the font program, to 1/1000" },
	[LINT_ANNOT_KIND] = { "annotation-kind", CLAIM_A | CLAIM_UA, A "6.3.1; " UA "7.18.2; 7.18.8",
		"annotations of a kind that PDF/A allows, no TrapNet, and no PrinterMark, which is not checked here" },
	[LINT_ANNOT_FLAGS] = { "annotation-flags", CLAIM_A, A "6.3.2",
		"/F with the bit Print, without Invisible, Hidden, NoView and ToggleNoView" },
	[LINT_ANNOT_TEXT] = { "annotation-text", CLAIM_UA, UA "7.18.1; 7.18.5",
		"links with /Contents, fields with /TU" },
	[LINT_ANNOT_AP] = { "annotation-appearance", CLAIM_A, A "6.3.3", "an appearance /AP with /N alone" },
	[LINT_ANNOT_ELEMENT] = { "annotation-element", CLAIM_UA, UA "7.18.4; 7.18.5",
		"links in an element Link, fields in an element Form" },
	[LINT_ANNOT_PARENT] = { "annotation-parent", CLAIM_UA, UA "7.18.1",
		"a /StructParent that leads, by the parent tree, to the element that has the annotation" },
	[LINT_OBJR] = { "annotation-reference", CLAIM_UA, UA "7.18.1",
		"an annotation of a page that leads back to the element" },
	[LINT_TABS] = { "tabs", CLAIM_UA, UA "7.18.3", "/Tabs/S on a page with annotations" },
	[LINT_WIDGET_ACTION] = { "field-action", CLAIM_A, A "6.4.1", "fields without /A and /AA" },
	[LINT_FIELD] = { "field", CLAIM_NONE, PDF "12.7.3",
		"fields in /AcroForm, each a widget on a page with /T and /FT" },
	[LINT_LINK_TARGET] = { "link-target", CLAIM_NONE, PDF "12.3.2", "links to a place that the file has" },
	[LINT_BOOKMARK] = { "bookmark", CLAIM_NONE, PDF "12.3.3",
		"bookmarks each once, with /Title, /Parent and /Prev right" },
	[LINT_BOOKMARK_TARGET] = { "bookmark-target", CLAIM_NONE, PDF "12.3.2",
		"bookmarks that lead to a page of the file" },
	[LINT_NAME_TREE] = { "name-tree", CLAIM_NONE, PDF "7.9.6",
		"names in order, each once, with a place on a page" },
	[LINT_DOCUMENT] = { "struct-document", CLAIM_UA, PDF "14.8.4.2",
		"one element Document at the root of the structure tree" },
	[LINT_STRUCT_PARENT] = { "struct-parent", CLAIM_NONE, PDF "14.7.2",
		"/P of an element: the element that it is in" },
	[LINT_STRUCT_KID] = { "struct-kid", CLAIM_NONE, PDF "14.7.2",
		"elements as objects of their own, each once, with content on a page" },
	[LINT_ROLE] = { "role", CLAIM_A | CLAIM_UA, A "6.7.3.4; " UA "7.1",
		"a standard structure type, or one that /RoleMap leads to" },
	[LINT_ROLE_MAP] = { "role-map", CLAIM_UA, UA "7.1", "a /RoleMap without standard types and circles" },
	[LINT_HEADING] = { "heading", CLAIM_UA, UA "7.4", "headings that begin with H1 and skip no level" },
	[LINT_LIST] = { "list", CLAIM_UA, UA "7.2; " PDF "14.8.4.3.3",
		"L with LI, LI with LBody (and Lbl), each only there; Lbl also in Note, TOCI and BibEntry" },
	[LINT_TABLE] = { "table", CLAIM_UA, UA "7.2; " PDF "14.8.4.3.4",
		"Table with TR, TR with TH and TD, each only there" },
	[LINT_PLACE] = { "struct-place", CLAIM_UA, UA "7.1; 7.2; " PDF "14.8.4",
		"TOCI and parts of Ruby and Warichu only where they belong, and an object in Link, Form and Annot" },
	[LINT_CAPTION] = { "caption", CLAIM_UA, UA "7.2",
		"one Caption at most, as the first or last of its table, list or figure, and nowhere else" },
	[LINT_GRID] = { "table-grid", CLAIM_UA, UA "7.2",
		"rows of the same width, with RowSpan and ColSpan, without gap and overlap, and no class /C of "
		"cells: those are not checked here" },
	[LINT_SCOPE] = { "header-scope", CLAIM_UA, UA "7.5", "/Scope of a TH: Row, Column or Both" },
	[LINT_CELL_HEADERS] = { "cell-headers", CLAIM_UA, UA "7.5",
		"each TD tied to all TH of its columns and its row and to no other column's, by /Headers, or by "
		"/Scope where it has one of each at most" },
	[LINT_HEADERS_ID] = { "headers-id", CLAIM_UA, UA "7.5",
		"in /Headers the IDs of TH of the same table, none of which leads back to the cell" },
	[LINT_ALT] = { "alternate-text", CLAIM_UA, UA "7.3; 7.7", "Figure and Formula with /Alt or /ActualText" },
	[LINT_ID_TREE] = { "id-tree", CLAIM_NONE, PDF "14.7.2",
		"an /IDTree in order with each /ID once, leading to its element" },
	[LINT_EMPTY] = { "struct-empty", CLAIM_UA, UA "7.1", "elements with content; only TD and TH may be empty" },
	[LINT_STRUCT_TEXT] = { "struct-text", CLAIM_A | CLAIM_UA, A "6.7.4; " UA "7.2",
		"/Lang a language tag, /Alt, /ActualText and /E text" },
	[LINT_NOTE] = { "note", CLAIM_UA, UA "7.9", "an /ID of a Note" },
};

const char *lint_rule_id(enum lint_rule rule)
{
	return rules[rule].of && rules[rule].clause && rules[rule].want ? rules[rule].id : NULL;
}

bool lint_applies(const struct lint *l, enum lint_rule rule)
{
	return rules[rule].of & (l->claims | CLAIM_NONE);
}

enum { SHOWN_MAX = 120 };

/* What a message may show: no control characters, valid UTF-8, not too long. */
static void clean(char *s)
{
	size_t bad;
	bool valid = utf8_valid(s, strlen(s), &bad);

	for (size_t i = 0; s[i]; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 127 || (!valid && (unsigned char)s[i] > 127))
			s[i] = '?';
	if (strlen(s) > SHOWN_MAX) {
		size_t end = SHOWN_MAX - 3;

		while (end && ((unsigned char)s[end] & 0xC0) == 0x80)
			end--;
		memcpy(s + end, "...", 4);
	}
}

const char *lint_text(struct lint *l, const struct pdf_object *o)
{
	struct buf b = { 0 };
	char *text;

	if (lint_is_dict(o))
		return "<<...>>";
	if (o->kind == PDF_ARRAY && o->n > SHOWN_MAX)
		return "[...]";
	if (diags_are_full(l->d, pdf_shown(l->file)))
		return "";
	pdf_put(&b, o);
	text = arena_slice(&l->arena, b.text ? b.text : "", b.n);
	buf_clear(&b);
	clean(text);
	return text;
}

void lint_found(struct lint *l, enum lint_rule r, struct lint_place at, const char *fmt, ...)
{
	struct origin file = pdf_origin(l->file);
	const struct rule *rule = &rules[r];
	const char *want;
	char *found;
	va_list ap;

	if (!lint_applies(l, r))
		return;
	va_start(ap, fmt);
	found = arena_vprintf(&l->arena, fmt, ap);
	va_end(ap);
	clean(found);
	want = diag_say(l->d, rules[r].want);
	if (at.page)
		diag_error(l->d, file, rule->id, "page %u of the PDF: found %s; expected %s (%s); have the file made anew", at.page, found, want, rule->clause);
	else if (at.object)
		diag_error(l->d, file, rule->id, "object %u of the PDF: found %s; expected %s (%s); have the file made anew", at.object, found, want,
			rule->clause);
	else
		diag_error(l->d, file, rule->id, "the PDF: found %s; expected %s (%s); have the file made anew", found, want, rule->clause);
}
