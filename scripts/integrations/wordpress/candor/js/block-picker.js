// A button in the toolbar of texts: the selection becomes one of the owner's links.
( () => {
	const { applyFormat, create, insert, isCollapsed, registerFormatType } = wp.richText;
	const { __ } = wp.i18n;

	async function pick( value, onChange ) {
		const link = await window.candorSearch();
		if ( ! link ) return;
		const format = { type: 'core/link', attributes: { url: link.url } };
		if ( ! isCollapsed( value ) ) {
			onChange( applyFormat( value, format ) );
			return;
		}
		const text = create( { text: link.title || link.slug } );
		onChange( insert( value, applyFormat( text, format, 0, text.text.length ) ) );
	}

	registerFormatType( 'candor/link', {
		title: __( 'Affiliate link', 'candor' ),
		tagName: 'candor-link',
		className: null,
		edit: ( { value, onChange } ) =>
			wp.element.createElement( wp.blockEditor.RichTextToolbarButton, {
				icon: 'money-alt',
				title: __( 'Affiliate link', 'candor' ),
				onClick: () => pick( value, onChange ),
			} ),
	} );
} )();
