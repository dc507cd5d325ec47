package simulator

import (
	"context"
	"fmt"
	"net/http"

	"cardsim/simulator/acs"
	"cardsim/simulator/admin"
	"cardsim/simulator/console"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/acehub"
	"cardsim/simulator/provider/cardinal"
	"cardsim/simulator/provider/cardtokens"
	"cardsim/simulator/provider/cipher"
	"cardsim/simulator/threeds"
	"cardsim/web"
)

// mounts is where each provider lives: a new provider is one line here.
func mounts(signing threeds.Signing) []provider.Mount {
	return []provider.Mount{
		{Provider: cardtokens.New(), Prefixes: []string{"/api/"}},
		{Provider: acehub.New(signing), Prefixes: []string{"/gateway/v3/"}, Fold: true},
		{Provider: cardinal.New(signing), Prefixes: []string{"/maps/", "/V1/", "/V2/"}},
		{Provider: cipher.New(), Prefixes: []string{"/tenants/"}},
		{Provider: acs.New(signing), Prefixes: []string{"/acs/"}, Static: web.Static()},
	}
}

// listen binds both addresses before either serves.
func (s *Simulator) listen() error {
	s.servers.failed = make(chan error, 2)
	if err := s.servers.listen(s.cfg.Listen, s.cfg.Admin); err != nil {
		return err
	}
	s.root = s.publicURL()
	s.servers.steady(s.log)
	return s.secure()
}

// mountAll begins to put the providers behind their listener: compiling their routes
// takes as long as opening the sandboxes.
func (s *Simulator) mountAll() func() (*provider.Front, error) {
	var planner provider.Planner = s.director
	if s.cfg.Planner != nil {
		planner = s.cfg.Planner
	}
	o := provider.Options{
		DB: s.db, Worlds: s.worlds, Journal: s.journal, Planner: planner, Log: s.log,
		Base: s.base, Metrics: s.metrics, Guard: s.cfg.Guard,
	}
	published := s.keys.signing
	return beside(func() (*provider.Front, error) {
		signing, err := published()
		if err != nil {
			return nil, err
		}
		front := provider.NewFront(o)
		for _, m := range mounts(signing) {
			front.Mount(m)
		}
		return front, nil
	})
}

// serve puts the handlers behind the listeners.
func (s *Simulator) serve() error {
	signing, err := s.keys.signing()
	if err != nil {
		return err
	}
	s.api = s.newAPI(signing)
	s.countAll()
	if s.front, err = s.mounted(); err != nil {
		return err
	}
	if err := s.journal.Ready(); err != nil {
		return fmt.Errorf("open the journal: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.servers.serve(ctx, s.servers.providers, s.front, s.log)
	s.keeper.Collect()
	if s.servers.admin != nil {
		api := s.api
		s.servers.serve(ctx, s.servers.admin, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { api().ServeHTTP(w, r) }), s.log)
	}
	return nil
}

// newAPI begins to make the admin API, which is there even where its listener is off.
// Few programs speak to it first, so the providers do not wait for its hundred paths.
func (s *Simulator) newAPI(signing threeds.Signing) func() *admin.API {
	pages := console.Options{Token: s.cfg.AdminToken, ShopURL: s.cfg.ShopURL, Log: s.log}
	o := admin.Options{
		DB: s.db, Worlds: s.worlds, Keeper: s.keeper, Journal: s.journal, Director: s.director, Signing: signing, Addresses: s.addresses,
		Ready: s.ready.Load, Token: s.cfg.AdminToken, Bound: s.cfg.Admin, Version: s.cfg.Version, Commit: s.cfg.Commit, Log: s.log,
		Outcomes: steeredOf(s.outcomes), CA: s.ca, Events: s.events, Metrics: s.metrics,
		Pages: func(api http.Handler) http.Handler {
			pages.API = api
			return console.New(pages)
		},
	}
	made := beside(func() (*admin.API, error) { return admin.New(o), nil })
	return func() *admin.API {
		api, _ := made() // making it cannot fail
		return api
	}
}
