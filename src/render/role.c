#include "render/role.h"

const char *role_tag(const struct element *e)
{
	static const char *const heading[] = { "H1", "H2", "H3", "H4", "H5", "H6" };

	switch (e->role) {
	case ROLE_DOCUMENT:
		return "Document";
	case ROLE_PART:
		return "Part";
	case ROLE_HEADING:
		return heading[e->level < 1 ? 0 : e->level > 6 ? 5 : e->level - 1];
	case ROLE_PARAGRAPH:
		return "P";
	case ROLE_LIST:
		return "L";
	case ROLE_LIST_ITEM:
		return "LI";
	case ROLE_LABEL:
		return "Lbl";
	case ROLE_LIST_BODY:
		return "LBody";
	case ROLE_TABLE:
		return "Table";
	case ROLE_CAPTION:
		return "Caption";
	case ROLE_ROW:
		return "TR";
	case ROLE_HEADER_CELL:
		return "TH";
	case ROLE_DATA_CELL:
		return "TD";
	case ROLE_LINK:
		return "Link";
	case ROLE_FIGURE:
		return "Figure";
	case ROLE_FORM:
		return "Form";
	}
	return "NonStruct";
}
