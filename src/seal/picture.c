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
