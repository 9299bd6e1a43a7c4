#include "seal/picture.h"

#include <png.h>
#include <string.h>

static bool wrong(const char *shown, const char *why, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = shown }, "picture",
		"cannot be taken as a picture: %s; give a PNG of at most %d x %d pixels with a transparent background", why,
		PICTURE_SIDE_MAX, PICTURE_SIDE_MAX);
}

/* Colours and transparency from libpng's rows of four bytes a pixel. */
static void split(const unsigned char *rgba, size_t n, struct arena *a, struct picture *p)
{
	unsigned char *rgb = arena_array(a, n, 3);
	unsigned char *alpha = arena_array(a, n, 1);
	bool opaque = true;

	for (size_t i = 0; i < n; i++) {
		memcpy(rgb + 3 * i, rgba + 4 * i, 3);
		alpha[i] = rgba[4 * i + 3];
		opaque = opaque && alpha[i] == 255;
	}
	p->rgb = rgb;
	p->alpha = opaque ? NULL : alpha;
}

static bool is_small_enough(const png_image *image)
{
	return image->width && image->height && image->width <= PICTURE_SIDE_MAX && image->height <= PICTURE_SIDE_MAX
	       && image->width <= PICTURE_PIXELS_MAX / image->height;
}

/* ---- ink on no paper ---- */

enum { OPAQUE = 255, LIGHT_MIN = 192, COVER_MAX = 66, PAPER_MAX = 10 }; /* LIGHT_MIN of each colour; percent of the picture's box */

struct box {
	uint32_t left, top, right, bottom; /* the last two lie outside */
};

static unsigned alpha_of(const struct picture *p, size_t i)
{
	return p->alpha ? p->alpha[i] : OPAQUE;
}

static bool is_light(const unsigned char *rgb)
{
	return rgb[0] >= LIGHT_MIN && rgb[1] >= LIGHT_MIN && rgb[2] >= LIGHT_MIN;
}

/* The smallest one round all that is more than half opaque: a wide margin makes no paper transparent. */
static struct box seen_box(const struct picture *p)
{
	struct box b = { p->width, p->height, 0, 0 };

	for (uint32_t y = 0; y < p->height; y++)
		for (uint32_t x = 0; x < p->width; x++) {
			if (alpha_of(p, (size_t)y * p->width + x) <= OPAQUE / 2)
				continue;
			b.left = x < b.left ? x : b.left;
			b.right = x >= b.right ? x + 1 : b.right;
			b.top = y < b.top ? y : b.top;
			b.bottom = y + 1;
		}
	return b;
}

/* How much of the box is covered, and how much by what is light, in percent: half transparent counts half. */
static void measure(const struct picture *p, const struct box *b, unsigned *cover, unsigned *paper)
{
	uint64_t all = (uint64_t)(b->right - b->left) * (b->bottom - b->top) * OPAQUE;
	uint64_t sum = 0;
	uint64_t light = 0;

	for (uint32_t y = b->top; y < b->bottom; y++)
		for (uint32_t x = b->left; x < b->right; x++) {
			size_t i = (size_t)y * p->width + x;

			sum += alpha_of(p, i);
			light += is_light(p->rgb + 3 * i) ? alpha_of(p, i) : 0;
		}
	*cover = (unsigned)(sum * 100 / all);
	*paper = (unsigned)(light * 100 / all);
}

bool picture_check(const struct picture *p, const char *shown, struct diags *d)
{
	struct box box = seen_box(p);
	unsigned cover;
	unsigned paper;

	if (box.right <= box.left)
		return diag_error(d, (struct origin){ .file = shown }, "picture",
			"nothing of the picture can be seen; save the signature or the seal in full colour, with a transparent background");
	measure(p, &box, &cover, &paper);
	if (cover <= COVER_MAX && paper <= PAPER_MAX)
		return true;
	return diag_error(d, (struct origin){ .file = shown }, "picture",
		"is a signature or seal on a sheet of paper, which would hide what stands beneath it: %u percent of it are covered and %u "
		"percent are white or light; expected at most %d and %d; save the picture as PNG with a transparent background",
		cover, paper, COVER_MAX, PAPER_MAX);
}

/* ---- reading ---- */

bool picture_read(struct bytes png, const char *shown, struct arena *a, struct picture *p, struct diags *d)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	struct arena tmp = { 0 };
	unsigned char *rgba;
	bool ok;

	if (!png_image_begin_read_from_memory(&image, png.data, png.n))
		return wrong(shown, image.message, d);
	if (!is_small_enough(&image)) {
		png_image_free(&image);
		return wrong(shown, diag_say(d, "too many pixels"), d);
	}
	image.format = PNG_FORMAT_RGBA;
	rgba = arena_array(&tmp, (size_t)image.width * image.height, 4);
	ok = png_image_finish_read(&image, NULL, rgba, 0, NULL);
	if (!ok) {
		wrong(shown, image.message, d);
	} else {
		*p = (struct picture){ .width = image.width, .height = image.height };
		split(rgba, (size_t)image.width * image.height, a, p);
	}
	png_image_free(&image);
	arena_clear(&tmp);
	return ok;
}
