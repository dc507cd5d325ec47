package scenarios

import (
	"fmt"
	"strconv"
)

// try tries one rule; when it takes the request, the decision has the plan. What
// most rules say no by comes first and costs little, because hundreds of them may
// stand before the one that wins.
func (p *planning) try(r placed) (refusal, error) {
	var known answer
	if r.first != nil {
		known = r.first(p.environment(r.documents))
		if no := known.refusal(); no.part != "" {
			return no, nil
		}
	}
	return p.consider(r.rule, known)
}

// refusal is what an answer means for the rule; zero when the rule goes on.
func (a answer) refusal() refusal {
	switch {
	case !a.known:
		return refusal{}
	case a.wrong != "":
		return refusal{"when", a.wrong}
	case !a.is:
		return refusal{"when", "the condition is false"}
	}
	return refusal{}
}

// consider tries a rule part by part. known is what is known of its condition.
func (p *planning) consider(r *rule, known answer) (refusal, error) {
	owner, problem := r.per.ownerOf(p)
	if problem != "" && r.counts() {
		return refusal{"per", problem}, nil
	}
	if no, err := p.condition(r, owner, known); no.part != "" || err != nil {
		return no, err
	}
	if no, err := p.spent(r, owner); no.part != "" || err != nil {
		return no, err
	}
	ordinal, no, err := p.chance(r, owner)
	if no.part != "" || err != nil {
		return no, err
	}
	return refusal{}, p.take(r, owner, ordinal)
}

// counts says that the rule needs to know whose counter it moves.
func (r *rule) counts() bool {
	return r.sequenced || r.draws || r.when != nil && r.when.counts
}

// condition tries when, unless that is known to be true. The ordinal that call
// stands for is counted before, because it may decide.
func (p *planning) condition(r *rule, owner string, known answer) (refusal, error) {
	if r.when == nil || known.known {
		return refusal{}, nil
	}
	env := p.environment(r.when.documents)
	if r.when.counts {
		ordinal, err := p.next(r, countsCalls, owner)
		if err != nil {
			return refusal{}, err
		}
		env.Call = int(ordinal)
	}
	if r.when.direct != nil {
		known = r.when.direct(env)
	}
	if !known.known {
		known = p.computed(r.when, env)
	}
	return known.refusal(), nil
}

// computed leaves a condition to the machine.
func (p *planning) computed(e *expression, env *environment) answer {
	is, err := p.machine().condition(e, env)
	if err != nil {
		return answer{known: true, wrong: notEvaluated + p.clean(err.Error())}
	}
	return sure(is)
}

// spent says when a sequence has no step left.
func (p *planning) spent(r *rule, owner string) (refusal, error) {
	if !r.sequenced || r.after != "" {
		return refusal{}, nil
	}
	if p.counters == nil {
		return refusal{}, ErrNeedsCounter
	}
	used, err := p.counters.Get(keyOf(r, countsSteps, owner))
	if err != nil {
		return refusal{}, fmt.Errorf("read the step of rule %q: %w", r.name, err)
	}
	if r.stepFor(used) < 0 {
		return refusal{"sequence", "every step has been taken"}, nil
	}
	return refusal{}, nil
}

// chance draws whether the rule takes the request. The ordinal is that of the
// draws of the step, too.
func (p *planning) chance(r *rule, owner string) (uint64, refusal, error) {
	if !r.draws {
		return 0, refusal{}, nil
	}
	ordinal, err := p.next(r, countsDraws, p.chanceOwner(r, owner))
	if err != nil || r.probability == nil {
		return ordinal, refusal{}, err
	}
	drawn := p.draw(r, "probability", owner, ordinal)
	if drawn < *r.probability {
		return ordinal, refusal{}, nil
	}
	reason := fmt.Sprintf("drew %.4f, the probability is %s", drawn, strconv.FormatFloat(*r.probability, 'f', -1, 64))
	return ordinal, refusal{"probability", reason}, nil
}

func (p *planning) chanceOwner(r *rule, owner string) string {
	if r.per.word == "" {
		return r.per.finest(p.in)
	}
	return owner
}
