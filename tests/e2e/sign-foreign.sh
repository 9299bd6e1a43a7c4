#!/bin/sh
# kehoach sign on files that other programs made: with cross-reference tables and streams, object streams, linearized, hybrid, tagged,
# signed before; and what is refused. Each result is read by programs that are not ours.
. "$(dirname "$0")/lib.sh"
export PYTHONDONTWRITEBYTECODE=1
pki=$tmp/pki
ok "the PKI is made" tests/e2e/pki.sh "$pki"
nss() {
	mkdir "$tmp/nss" && certutil -N -d "sql:$tmp/nss" --empty-password &&
		openssl pkcs12 -export -name other -inkey "$pki/second.key" -in "$pki/second.crt" -certfile "$pki/chain.pem" \
			-out "$tmp/other.p12" -passout pass:x && pk12util -i "$tmp/other.p12" -d "sql:$tmp/nss" -W x -K ""
}
ok "a key for poppler" nss
sign() { # in, out, options...
	in=$1
	out=$2
	shift 2
	"$KEHOACH" sign "$in" -o "$out" --p12 "$pki/signer.p12" --password-file "$pki/password" "$@" </dev/null
}
ours=1 # signatures that hold for us
holds() { # file, field: for us; the field's is the last one
	"$KEHOACH" --json verify "$1" --trust "$pki/root.crt" >"$tmp/said.json"
	"$PYTHON" -c '
import json, sys
said = json.load(open(sys.argv[1], encoding="utf-8"))
held = [s["field"] for s in said["signatures"] if s["ok"] and s["chain"] == "good"]
sys.exit(held[-1:] != [sys.argv[2]] or len(held) != int(sys.argv[3]))' "$tmp/said.json" "$2" $ours ||
		{ cat "$tmp/said.json"; return 1; }
}
valid() { # file, how many, for poppler
	pdfsig -nocert -nssdir "sql:$tmp/nss" "$1" >"$tmp/said" 2>/dev/null
	[ "$(grep -c 'Signature is Valid\.' "$tmp/said")" = "$2" ] || { cat "$tmp/said"; return 1; }
}
begins() { # file, with
	head -c "$(stat -c %s "$2")" "$1" | cmp - "$2"
}
no_worse() { # file, than
	qpdf --check "$2" >/dev/null 2>&1 || return 0
	qpdf --check "$1"
}
signs() { # what, file, field, how many signatures then, options...
	name=$1
	file=$2
	field=$3
	count=$4
	shift 4
	rm -f "$tmp/out.pdf"
	ok "$name: signed" sign "$file" "$tmp/out.pdf" "$@"
	ok "$name: holds" holds "$tmp/out.pdf" "$field"
	ok "$name: holds for poppler" valid "$tmp/out.pdf" "$count"
	ok "$name: begins as before" begins "$tmp/out.pdf" "$file"
	ok "$name: sound" no_worse "$tmp/out.pdf" "$file"
}
refused() { # rule, file, options...
	rule=$1
	file=$2
	shift 2
	rm -f "$tmp/no.pdf"
	sign "$file" "$tmp/no.pdf" "$@" >"$tmp/said" 2>&1
	code=$?
	cat "$tmp/said"
	[ $code = 1 ] && [ ! -e "$tmp/no.pdf" ] && grep -q "error: .*\[$rule\]$" "$tmp/said"
}

ok "a plan, and a draft, which has no form" sh -c '"$KEHOACH" build fixtures/mau-chung/job.xml -o "$1/plan" --only pdf &&
	"$KEHOACH" build fixtures/mau-chung/job.xml -o "$1/draft" --only pdf --draft' - "$tmp"
plan=$tmp/plan/mau-chung/plan.pdf
draft=$tmp/draft/mau-chung/plan.pdf
variant() { # name, options of qpdf: of the plan and the draft
	name=$1
	shift
	qpdf "$@" "$plan" "$tmp/plan.pdf" && qpdf "$@" "$draft" "$tmp/draft.pdf"
	signs "a plan, $name" "$tmp/plan.pdf" signer 1
	signs "a new field, $name" "$tmp/draft.pdf" mine 1 --field mine
}
variant "as it is" --object-streams=preserve
variant "object streams" --object-streams=generate
variant "linearized" --linearize
variant "linearized with object streams" --linearize --object-streams=generate
variant "uncompressed" --object-streams=disable --qdf
"$PYTHON" tests/e2e/sign.py hybrid "$tmp/hybrid.pdf"
signs "a hybrid file" "$tmp/hybrid.pdf" mine 1 --field mine
text_of_hybrid() {
	mutool draw -F txt "$tmp/out.pdf" | grep hybrid # poppler does not find what only the stream lists, before or after
}
ok "a hybrid file: its text is still there" text_of_hybrid
ok "no field waits" refused field "$draft"
for pdf in /usr/share/doc/*/*.pdf /usr/lib/libreoffice/share/xpdfimport/*.pdf; do
	[ ! -f "$pdf" ] || signs "${pdf##*/}" "$pdf" mine 1 --field mine
done

office() { # folder, options
	soffice "-env:UserInstallation=file://$tmp/office" --headless --norestore --convert-to "pdf:calc_pdf_Export:$2" --outdir "$tmp/$1" \
		fixtures/lao-cai-2021/so-lieu.ods && [ -s "$tmp/$1/so-lieu.pdf" ]
}
ok "a PDF of LibreOffice" office plain '{"SelectPdfVersion":{"type":"long","value":"2"}}'
signs "LibreOffice's" "$tmp/plain/so-lieu.pdf" mine 1 --field mine
ok "one that claims PDF/UA" office access '{"PDFUACompliance":{"type":"boolean","value":"true"}}'
signs "LibreOffice's, accessible" "$tmp/access/so-lieu.pdf" mine 1 --field mine
rules() { # file: what kehoach lint says, without places
	"$KEHOACH" --json lint "$1" 2>/dev/null | grep -o '"rule":"[^"]*"' | sort | uniq -c
}
as_accessible() {
	rules "$tmp/access/so-lieu.pdf" >"$tmp/before" && rules "$tmp/out.pdf" >"$tmp/after" && [ -s "$tmp/before" ] && cmp "$tmp/before" "$tmp/after" &&
		pdfinfo -struct "$tmp/out.pdf" 2>&1 | grep '^ *Form'
}
ok "its new field has an element, and nothing is worse than it was" as_accessible

# ---- signed by others before ----
by_poppler() {
	pdfsig -nssdir "sql:$tmp/nss" "$draft" "$tmp/poppler.pdf" -add-signature -nick other && [ -s "$tmp/poppler.pdf" ]
}
ok "signed by poppler" by_poppler
ours=2
signs "signed by poppler before" "$tmp/poppler.pdf" mine 2 --field mine
ours=1 # MuPDF signs with SHA-1
field_object() {
	qpdf --json --json-key=acroform "$plan" 2>/dev/null | "$PYTHON" -c '
import json, sys
print(next(f["object"].split()[0] for f in json.load(sys.stdin)["acroform"]["fields"] if f["fullname"] == "signer"))'
}
by_mupdf() {
	openssl pkcs12 -export -legacy -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 -inkey "$pki/second.key" \
		-in "$pki/second.crt" -out "$tmp/old.p12" -passout pass:x &&
		mutool sign -s "$tmp/old.p12" -P x -o "$tmp/mupdf.pdf" "$plan" "$(field_object)" && [ -s "$tmp/mupdf.pdf" ]
}
ok "signed by MuPDF" by_mupdf
signs "signed by MuPDF before" "$tmp/mupdf.pdf" seal 2

# ---- refused ----
qpdf --encrypt a b 256 -- "$plan" "$tmp/bad.pdf"
ok "encrypted" refused encrypted "$tmp/bad.pdf"
qpdf --encrypt "" b 128 --use-aes=y -- "$plan" "$tmp/bad.pdf"
ok "encrypted with an empty password" refused encrypted "$tmp/bad.pdf"
head -c 30000 "$plan" >"$tmp/bad.pdf"
ok "cut" refused pdf "$tmp/bad.pdf"
{ cat "$plan"; head -c 3000 "$draft"; } >"$tmp/bad.pdf"
ok "with something behind its end" refused pdf "$tmp/bad.pdf"
{ echo before; cat "$plan"; } >"$tmp/bad.pdf"
ok "with something before its beginning" refused pdf "$tmp/bad.pdf"
finish . # files of others, and ours as others write them
