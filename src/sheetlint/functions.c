/* The functions that formulas may call, in three sorted lists. */
#include "sheetlint/linting.h"

#include <stdlib.h>
#include <string.h>

enum { FUNCTION_BYTES_MAX = 31 };

/* ECMA-376-1, 18.17.7, and those that programs write like them. */
static const char *const plain[] = {
	"ABS", "ACCRINT", "ACCRINTM", "ACOS", "ACOSH", "ADDRESS", "AGGREGATE", "AMORDEGRC", "AMORLINC", "AND", "AREAS", "ASC", "ASIN",
	"ASINH", "ATAN", "ATAN2", "ATANH", "AVEDEV", "AVERAGE", "AVERAGEA", "AVERAGEIF", "AVERAGEIFS", "BAHTTEXT", "BESSELI", "BESSELJ",
	"BESSELK", "BESSELY", "BETADIST", "BETAINV", "BIN2DEC", "BIN2HEX", "BIN2OCT", "BINOMDIST", "CEILING", "CELL", "CHAR", "CHIDIST",
	"CHIINV", "CHITEST", "CHOOSE", "CLEAN", "CODE", "COLUMN", "COLUMNS", "COMBIN", "COMPLEX", "CONCATENATE", "CONFIDENCE",
	"CONVERT", "CORREL", "COS", "COSH", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "COUPDAYBS", "COUPDAYS",
	"COUPDAYSNC", "COUPNCD", "COUPNUM", "COUPPCD", "COVAR", "CRITBINOM", "CUMIPMT", "CUMPRINC", "DATE", "DATEDIF", "DATESTRING",
	"DATEVALUE", "DAVERAGE", "DAY", "DAYS360", "DB", "DBCS", "DCOUNT", "DCOUNTA", "DDB", "DEC2BIN", "DEC2HEX", "DEC2OCT", "DEGREES",
	"DELTA", "DEVSQ", "DGET", "DISC", "DMAX", "DMIN", "DOLLAR", "DOLLARDE", "DOLLARFR", "DPRODUCT", "DSTDEV", "DSTDEVP", "DSUM",
	"DURATION", "DVAR", "DVARP", "ECMA.CEILING", "EDATE", "EFFECT", "EOMONTH", "ERF", "ERFC", "ERROR.TYPE", "EVEN", "EXACT", "EXP",
	"EXPONDIST", "FACT", "FACTDOUBLE", "FALSE", "FDIST", "FIND", "FINDB", "FINV", "FISHER", "FISHERINV", "FIXED", "FLOOR",
	"FORECAST", "FREQUENCY", "FTEST", "FV", "FVSCHEDULE", "GAMMADIST", "GAMMAINV", "GAMMALN", "GCD", "GEOMEAN", "GESTEP",
	"GETPIVOTDATA", "GROWTH", "HARMEAN", "HEX2BIN", "HEX2DEC", "HEX2OCT", "HLOOKUP", "HOUR", "HYPERLINK", "HYPGEOMDIST", "IF",
	"IFERROR", "IMABS", "IMAGINARY", "IMARGUMENT", "IMCONJUGATE", "IMCOS", "IMDIV", "IMEXP", "IMLN", "IMLOG10", "IMLOG2", "IMPOWER",
	"IMPRODUCT", "IMREAL", "IMSIN", "IMSQRT", "IMSUB", "IMSUM", "INDEX", "INDIRECT", "INFO", "INT", "INTERCEPT", "INTRATE", "IPMT",
	"IRR", "ISBLANK", "ISERR", "ISERROR", "ISEVEN", "ISLOGICAL", "ISNA", "ISNONTEXT", "ISNUMBER", "ISO.CEILING", "ISODD", "ISPMT",
	"ISREF", "ISTEXT", "JIS", "KURT", "LARGE", "LCM", "LEFT", "LEFTB", "LEN", "LENB", "LINEST", "LN", "LOG", "LOG10", "LOGEST",
	"LOGINV", "LOGNORMDIST", "LOOKUP", "LOWER", "MATCH", "MAX", "MAXA", "MDETERM", "MDURATION", "MEDIAN", "MID", "MIDB", "MIN",
	"MINA", "MINUTE", "MINVERSE", "MIRR", "MMULT", "MOD", "MODE", "MONTH", "MROUND", "MULTINOMIAL", "N", "NA", "NEGBINOMDIST",
	"NETWORKDAYS", "NETWORKDAYS.INTL", "NOMINAL", "NORMDIST", "NORMINV", "NORMSDIST", "NORMSINV", "NOT", "NOW", "NPER", "NPV",
	"NUMBERSTRING", "OCT2BIN", "OCT2DEC", "OCT2HEX", "ODD", "ODDFPRICE", "ODDFYIELD", "ODDLPRICE", "ODDLYIELD", "OFFSET", "OR",
	"PEARSON", "PERCENTILE", "PERCENTRANK", "PERMUT", "PHONETIC", "PI", "PMT", "POISSON", "POWER", "PPMT", "PRICE", "PRICEDISC",
	"PRICEMAT", "PROB", "PRODUCT", "PROPER", "PV", "QUARTILE", "QUOTIENT", "RADIANS", "RAND", "RANDBETWEEN", "RANK", "RATE",
	"RECEIVED", "REPLACE", "REPLACEB", "REPT", "RIGHT", "RIGHTB", "ROMAN", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "ROWS", "RSQ",
	"SEARCH", "SEARCHB", "SECOND", "SERIESSUM", "SIGN", "SIN", "SINH", "SKEW", "SLN", "SLOPE", "SMALL", "SQRT", "SQRTPI",
	"STANDARDIZE", "STDEV", "STDEVA", "STDEVP", "STDEVPA", "STEYX", "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS",
	"SUMPRODUCT", "SUMSQ", "SUMX2MY2", "SUMX2PY2", "SUMXMY2", "SYD", "T", "TAN", "TANH", "TBILLEQ", "TBILLPRICE", "TBILLYIELD",
	"TDIST", "TEXT", "TIME", "TIMEVALUE", "TINV", "TODAY", "TRANSPOSE", "TREND", "TRIM", "TRIMMEAN", "TRUE", "TRUNC", "TTEST",
	"TYPE", "UPPER", "USDOLLAR", "VALUE", "VAR", "VARA", "VARP", "VARPA", "VDB", "VLOOKUP", "WEEKDAY", "WEEKNUM", "WEIBULL",
	"WORKDAY", "WORKDAY.INTL", "XIRR", "XNPV", "YEAR", "YEARFRAC", "YIELD", "YIELDDISC", "YIELDMAT", "ZTEST",
};

/* [MS-XLSX] 2.2.2: those that came later stand in a file behind a prefix; without it Excel shows #NAME?. */
static const char later_prefix[] = "_xlfn.", sheet_prefix[] = "_xlws.";
static const char *const later[] = {
	"ACOT", "ACOTH", "ANCHORARRAY", "ARABIC", "ARRAYTOTEXT", "BASE", "BETA.DIST", "BETA.INV", "BINOM.DIST", "BINOM.DIST.RANGE",
	"BINOM.INV", "BITAND", "BITLSHIFT", "BITOR", "BITRSHIFT", "BITXOR", "BYCOL", "BYROW", "CEILING.MATH", "CEILING.PRECISE",
	"CHISQ.DIST", "CHISQ.DIST.RT", "CHISQ.INV", "CHISQ.INV.RT", "CHISQ.TEST", "CHOOSECOLS", "CHOOSEROWS", "COMBINA", "CONCAT",
	"CONFIDENCE.NORM", "CONFIDENCE.T", "COT", "COTH", "COVARIANCE.P", "COVARIANCE.S", "CSC", "CSCH", "DAYS", "DECIMAL", "DROP",
	"ENCODEURL", "ERF.PRECISE", "ERFC.PRECISE", "EXPAND", "EXPON.DIST", "F.DIST", "F.DIST.RT", "F.INV", "F.INV.RT", "F.TEST",
	"FIELDVALUE", "FILTER", "FLOOR.MATH", "FLOOR.PRECISE", "FORECAST.ETS", "FORECAST.ETS.CONFINT", "FORECAST.ETS.SEASONALITY",
	"FORECAST.ETS.STAT", "FORECAST.LINEAR", "FORMULATEXT", "GAMMA", "GAMMA.DIST", "GAMMA.INV", "GAMMALN.PRECISE", "GAUSS",
	"GROUPBY", "HSTACK", "HYPGEOM.DIST", "IFNA", "IFS", "IMCOSH", "IMCOT", "IMCSC", "IMCSCH", "IMSEC", "IMSECH", "IMSINH", "IMTAN",
	"ISFORMULA", "ISOMITTED", "ISOWEEKNUM", "LAMBDA", "LET", "LOGNORM.DIST", "LOGNORM.INV", "MAKEARRAY", "MAP", "MAXIFS", "MINIFS",
	"MODE.MULT", "MODE.SNGL", "MUNIT", "NEGBINOM.DIST", "NORM.DIST", "NORM.INV", "NORM.S.DIST", "NORM.S.INV", "NUMBERVALUE",
	"PDURATION", "PERCENTILE.EXC", "PERCENTILE.INC", "PERCENTOF", "PERCENTRANK.EXC", "PERCENTRANK.INC", "PERMUTATIONA", "PHI",
	"PIVOTBY", "POISSON.DIST", "QUARTILE.EXC", "QUARTILE.INC", "QUERYSTRING", "RANDARRAY", "RANK.AVG", "RANK.EQ", "REDUCE",
	"REGEXEXTRACT", "REGEXREPLACE", "REGEXTEST", "RRI", "SCAN", "SEC", "SECH", "SEQUENCE", "SHEET", "SHEETS", "SINGLE", "SKEW.P",
	"SORT", "SORTBY", "STDEV.P", "STDEV.S", "SWITCH", "T.DIST", "T.DIST.2T", "T.DIST.RT", "T.INV", "T.INV.2T", "T.TEST", "TAKE",
	"TEXTAFTER", "TEXTBEFORE", "TEXTJOIN", "TEXTSPLIT", "TOCOL", "TOROW", "TRIMRANGE", "UNICHAR", "UNICODE", "UNIQUE",
	"VALUETOTEXT", "VAR.P", "VAR.S", "VSTACK", "WEIBULL.DIST", "WRAPCOLS", "WRAPROWS", "XLOOKUP", "XMATCH", "XOR", "Z.TEST",
};

/* What fetches data from elsewhere, or calls a program: with or without the prefix. */
static const char *const outside[] = {
	"CALL", "CUBEKPIMEMBER", "CUBEMEMBER", "CUBEMEMBERPROPERTY", "CUBERANKEDMEMBER", "CUBESET", "CUBESETCOUNT", "CUBEVALUE", "DDE",
	"FILTERXML", "IMAGE", "REGISTER", "REGISTER.ID", "RTD", "SQL.REQUEST", "STOCKHISTORY", "WEBSERVICE",
};

static int by_name(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

static bool is_in(const char *const *list, size_t n, const char *name)
{
	return bsearch(name, list, n, sizeof *list, by_name);
}
#define IS_IN(list, name) is_in(list, sizeof(list) / sizeof *(list), name)

static bool take_prefix(const char **s, const char *prefix)
{
	size_t n = strlen(prefix);

	for (size_t i = 0; i < n; i++)
		if (((*s)[i] | 0x20) != (prefix[i] | 0x20))
			return false;
	*s += n;
	return true;
}

enum xl_function xl_function(const char *word)
{
	char name[FUNCTION_BYTES_MAX + 1];
	bool is_later = take_prefix(&word, later_prefix);
	size_t n = strlen(word);

	if (is_later && take_prefix(&word, sheet_prefix))
		n = strlen(word);
	if (n > FUNCTION_BYTES_MAX)
		return FUNCTION_UNKNOWN;
	for (size_t i = 0; i <= n; i++)
		name[i] = word[i] >= 'a' && word[i] <= 'z' ? (char)(word[i] & ~0x20) : word[i];
	if (IS_IN(outside, name))
		return FUNCTION_OUTSIDE;
	return IS_IN(plain, name) || (is_later && IS_IN(later, name)) ? FUNCTION_KNOWN : FUNCTION_UNKNOWN;
}
