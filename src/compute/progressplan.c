/* What is known of the indicators themselves: who speaks of them, where their plan comes from, what it is phased by. */
#include "compute/progressing.h"

static bool is_planned(const struct progressing *p, const struct goal *goal)
{
	for (size_t area = 0; area <= p->n_area; area++)
		if (goal->year[area].state == FIGURE_OK)
			return true;
	return false;
}

/* As the others where these have all of it. */
static bool joint_phasing(const struct progressing *p, const struct goal *goal, enum phasing *phasing)
{
	struct figure rest;

	if (!goal_rest(p, goal, p->n_area, &rest))
		return false;
	*phasing = rest.state == FIGURE_OK && !ratio_compare(rest.x, ratio_whole(0)) ? PHASED_JOINTLY : PHASED_JOINTLY_REST;
	return true;
}

static bool find_phasing(const struct progressing *p, const struct goal *goal, enum phasing *phasing)
{
	size_t n_part = 0;

	*phasing = PHASED_LINE;
	if (goal->n_with)
		return joint_phasing(p, goal, phasing);
	if (goal->n_part && phasing_attribute(goal->target->node, &n_part))
		*phasing = n_part == PROGRESS_MONTHS ? PHASED_MONTHS : PHASED_QUARTERS;
	else if (goal->n_termed)
		*phasing = goal->n_unsaid ? PHASED_TERMS_REST : PHASED_TERMS;
	return true;
}

bool plans_make(struct progressing *p, const struct indicator_plan **made)
{
	struct indicator_plan *plan = ARENA_ARRAY(p->a, p->template->n_indicator, struct indicator_plan);

	*made = plan;
	for (size_t i = 0; i < p->template->n_indicator; i++) {
		const struct followed *f = &p->indicator[i];

		if (!sums_speak_of(p, f, &plan[i].is_told))
			return false;
		if (!is_planned(p, &f->goal))
			continue;
		plan[i].target = f->goal.target;
		if (p->below && f->indicator->adds)
			plan[i].phasing = PHASED_BELOW;
		else if (!find_phasing(p, &f->goal, &plan[i].phasing))
			return false;
	}
	return true;
}
