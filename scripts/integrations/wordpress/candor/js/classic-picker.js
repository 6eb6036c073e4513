// The button above the classic editor: the selected text, or else the link's title, becomes one of the owner's links.
document.addEventListener( 'click', async ( event ) => {
	const button = event.target.closest( '.candor-pick' );
	if ( ! button ) return;
	const area = document.getElementById( window.wpActiveEditor || 'content' );
	const visual = window.tinymce?.get( window.wpActiveEditor || 'content' );
	const selected =
		visual && ! visual.isHidden()
			? visual.selection.getContent()
			: area?.value.slice( area.selectionStart, area.selectionEnd );
	const link = await window.candorSearch();
	if ( ! link ) return;
	const anchor = document.createElement( 'a' );
	anchor.href = link.url;
	if ( selected ) anchor.innerHTML = selected;
	else anchor.textContent = link.title || link.slug;
	window.send_to_editor( anchor.outerHTML );
} );
