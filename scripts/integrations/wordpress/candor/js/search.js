// A dialog that searches the owner's links. Resolves with {slug, title, url}, or null when it is closed.
window.candorSearch = () => {
	const { __ } = wp.i18n;
	const make = ( tag, props = {}, ...children ) => {
		const element = Object.assign( document.createElement( tag ), props );
		element.append( ...children );
		return element;
	};
	const input = make( 'input', { type: 'search', className: 'widefat', autofocus: true, maxLength: 200 } );
	const label = make( 'label', {}, __( 'Search your links', 'candor' ), input );
	const list = make( 'ul', { className: 'candor-found' } );
	const status = make( 'p' );
	status.setAttribute( 'role', 'status' );
	const close = make( 'button', { type: 'button', className: 'button' }, __( 'Cancel', 'candor' ) );
	const dialog = make( 'dialog', { className: 'candor-search' }, label, list, status, close );
	dialog.style.cssText = 'width:min(32rem,90vw);max-height:80vh;overflow:auto';
	document.body.append( dialog );

	return new Promise( ( resolve ) => {
		let asked = 0;
		let timer;
		const end = ( link ) => {
			clearTimeout( timer );
			asked = -1;
			dialog.remove();
			resolve( link );
		};
		const show = ( links ) => {
			list.replaceChildren(
				...links.map( ( link ) => {
					const text = link.title ? `${ link.title } (${ link.slug })` : link.slug;
					const button = make( 'button', { type: 'button', className: 'button-link' }, text );
					button.addEventListener( 'click', () => end( link ) );
					return make( 'li', {}, button, link.network ? ` – ${ link.network }` : '' );
				} )
			);
			status.textContent = links.length ? '' : __( 'No link of yours says that.', 'candor' );
		};
		const ask = async () => {
			const mine = ++asked;
			try {
				const links = await wp.apiFetch( { path: `/candor/v1/links?search=${ encodeURIComponent( input.value ) }` } );
				if ( mine === asked ) show( links );
			} catch ( error ) {
				if ( mine === asked ) status.textContent = error.message || __( 'Candor does not answer.', 'candor' );
			}
		};
		input.addEventListener( 'input', () => {
			clearTimeout( timer );
			timer = setTimeout( ask, 250 );
		} );
		// Enter would send the form of the post behind.
		input.addEventListener( 'keydown', ( event ) => {
			if ( event.key !== 'Enter' ) return;
			event.preventDefault();
			list.querySelector( 'button' )?.click();
		} );
		close.addEventListener( 'click', () => end( null ) );
		dialog.addEventListener( 'cancel', () => end( null ) );
		dialog.showModal();
		input.focus();
		ask();
	} );
};
