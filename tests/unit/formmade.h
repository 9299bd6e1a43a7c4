/* formmade: a small PDF with form fields, as finished plans have them. */
#ifndef UNIT_FORMMADE_H
#define UNIT_FORMMADE_H

#include "pdfmade.h"

enum { FORMMADE_OBJECTS = 22 };

static inline void formmade_stream(struct made *m, unsigned number, const char *dict, const char *data)
{
	char text[700];

	snprintf(text, sizeof text, "<<%s /Length %zu>>\nstream\n%s\nendstream", dict, strlen(data), data);
	made_object(m, number, text);
}

/* Fields: signer (100 x 50), seal (50 x 50), timestamp (unseen), number (40 x 16), date (20 x 16), whose font has the ten digits, each
 * half an em wide. Of April 2021. XMP: as given, NULL: none. Structure trees for those that put one into the catalog: 16, or 17, whose parent
 * tree has nodes. */
static inline void formmade(struct made *m, const char *xmp)
{
	static const char *const object[] = {
		[2] = "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		[3] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Annots[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]>>",
		[4] = "<</Fields[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]/DR<</Font<</F 10 0 R>>>>>>",
		[5] = "<</FT/Sig/T(signer)/Type/Annot/Subtype/Widget/F 132/P 3 0 R/Rect[100 100 200 150]/AP<</N 11 0 R>>>>",
		[6] = "<</FT/Sig/T(seal)/Type/Annot/Subtype/Widget/F 132/P 3 0 R/Rect[50 100 100 150]/AP<</N 11 0 R>>>>",
		[7] = "<</FT/Sig/T(timestamp)/Type/Annot/Subtype/Widget/F 132/P 3 0 R/Rect[0 0 0 0]/AP<</N 11 0 R>>>>",
		[8] = "<</FT/Tx/T(number)/Type/Annot/Subtype/Widget/F 4/P 3 0 R/DA(/F 10 Tf 0 g)/Q 1/Rect[10 250 50 266]/AP<</N 12 0 R>>>>",
		[9] = "<</FT/Tx/T(date)/Type/Annot/Subtype/Widget/F 4/P 3 0 R/DA(/F 10 Tf 0 g)/Q 1/Rect[60 250 80 266]/AP<</N 12 0 R>>>>",
		[10] = "<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 48/LastChar 57/Widths[500 500 500 500 500 500 500 500 500 500]"
		       "/ToUnicode 13 0 R/FontDescriptor<</FontFile2 13 0 R>>>>",
		[14] = "<</CreationDate(D:20210401000000+07'00')>>",
		[16] = "<</Type/StructTreeRoot/K 18 0 R/ParentTree 19 0 R/ParentTreeNextKey 5>>",
		[17] = "<</Type/StructTreeRoot/K[18 0 R]/ParentTree 20 0 R>>",
		[18] = "<</Type/StructElem/S/Document/P 16 0 R/K 0/Pg 3 0 R>>",
		[19] = "<</Nums[0[18 0 R]]>>",
		[20] = "<</Kids[21 0 R]>>",
		[21] = "<</Limits[0 3]/Nums[0[18 0 R]3 18 0 R]>>",
	};
	char trailer[100];

	buf_puts(&m->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	made_object(m, 1, xmp ? "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Metadata 15 0 R>>" : "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>");
	for (unsigned i = 2; i <= 10; i++)
		made_object(m, i, object[i]);
	formmade_stream(m, 11, "/Type/XObject/Subtype/Form/BBox[0 0 0 0]", "");
	formmade_stream(m, 12, "/Type/XObject/Subtype/Form/BBox[0 0 40 16]", "/Tx BMC q BT /F 10 Tf 0 g 0 3.25 Td () Tj ET Q EMC");
	formmade_stream(m, 13, "", "1 beginbfrange\n<30> <39> <0030>\nendbfrange");
	made_object(m, 14, object[14]);
	formmade_stream(m, 15, "/Type/Metadata/Subtype/XML", xmp ? xmp : "");
	for (unsigned i = 16; i < FORMMADE_OBJECTS; i++)
		made_object(m, i, object[i]);
	m->xref = m->out.n;
	buf_puts(&m->out, "xref\n");
	made_group(m, 0, FORMMADE_OBJECTS - 1);
	snprintf(trailer, sizeof trailer, "<</Size %d/Root 1 0 R/Info 14 0 R>>", (int)FORMMADE_OBJECTS);
	made_trailer(m, trailer);
	made_end(m);
}

#endif
